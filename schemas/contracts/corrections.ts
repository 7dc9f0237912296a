import * as z from 'zod';
import { Words } from './agreements.ts';
import { AgreementId, CorrectionId, DeliveryId, DepartmentId, Instant, ResourceId, VersionNumber } from './ids.ts';
import { PageQuery, pageOf } from './paging.ts';
import { DataValue, Line } from './text.ts';

/**
 * open: the provider owes an answer · answered: it has said what it will do · closed: it said that it would correct, and
 * a later dataset differs from the one that was delivered.
 */
export const CorrectionState = z.enum(['open', 'answered', 'closed']);
export type CorrectionState = z.infer<typeof CorrectionState>;

export const CorrectionReason = z.enum(['wrong', 'missing', 'outdated', 'duplicate', 'other']);
export const CorrectionDecision = z.enum(['will-correct', 'not-an-error', 'unclear']);

/** What a consumer says is wrong in a delivered file: which row, which field, and why. */
export const ReportCorrectionBody = z.strictObject({
  /** The row: its primary key, field by field, as it stands in the file. */
  key: z.record(Line.min(1).max(200), DataValue.max(1000)).optional(),
  /** The row where the terms do not deliver the whole key unmasked: its physical line in the file, the first is 1. */
  line: z.int().min(1).max(1_000_000_000).optional(),
  field: Line.min(1).max(200),
  reason: CorrectionReason,
  /** What it should say. */
  proposed: DataValue.max(500).optional(),
  words: Words,
});
export type ReportCorrectionBody = z.infer<typeof ReportCorrectionBody>;

export const AnswerCorrectionBody = z.strictObject({ decision: CorrectionDecision, words: Words });
export type AnswerCorrectionBody = z.infer<typeof AnswerCorrectionBody>;

/** Key, proposed value and words may be personal data: for the two parties alone. */
export const Correction = z.strictObject({
  correctionId: CorrectionId,
  deliveryId: DeliveryId,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
  /** What was delivered. */
  datasetVersion: VersionNumber,
  provider: DepartmentId,
  consumer: DepartmentId,
  state: CorrectionState,
  ...ReportCorrectionBody.shape,
  reportedAt: Instant,
  answer: z.strictObject({ at: Instant, ...AnswerCorrectionBody.shape }).optional(),
  closedAt: Instant.optional(),
  /** The dataset version that closed it. */
  closedByDatasetVersion: VersionNumber.optional(),
});
export type Correction = z.infer<typeof Correction>;

export const CorrectionQuery = z.strictObject({
  ...PageQuery.shape,
  /** `consumer`: what I reported · `provider`: what was reported about my data; both without it. */
  role: z.enum(['consumer', 'provider']).optional(),
  state: CorrectionState.optional(),
});
export type CorrectionQuery = z.infer<typeof CorrectionQuery>;
export const CorrectionList = pageOf(Correction);
