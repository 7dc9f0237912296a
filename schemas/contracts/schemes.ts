import * as z from 'zod';
import { AgreementState, ProposeBody } from './agreements.ts';
import { AgreementId, DepartmentId, Instant, ResourceId, SchemeId, Sha256, VersionNumber } from './ids.ts';
import { Violation } from './problem.ts';
import { Line } from './text.ts';

/** So many agreements are one act at most: each is a transaction of its own, within one call. */
export const MAX_SCHEME = 50;

const Name = Line.min(1).max(200);

export const SchemeBody = z.strictObject({
  name: Name,
  /** Each resource once for each consumer. */
  proposals: z
    .array(ProposeBody.omit({ demandId: true }))
    .min(1)
    .max(MAX_SCHEME),
});
export type SchemeBody = z.infer<typeof SchemeBody>;

/** Why nothing came of one of many; the code is that of the single call. */
const RefusedPart = z.strictObject({
  code: z.string(),
  detail: z.string(),
  violations: z.array(Violation).optional(),
});

/** What is needed to accept or sign it. */
const PartNow = {
  resourceId: ResourceId,
  agreementId: AgreementId,
  provider: DepartmentId,
  consumer: DepartmentId,
  state: AgreementState,
  termsVersion: VersionNumber,
  termsDigest: Sha256,
};

/** One proposal of a scheme: the agreement that it became, or why it did not. */
export const SchemePart = z.strictObject({
  ...z.strictObject(PartNow).partial().shape,
  resourceId: ResourceId,
  consumer: DepartmentId,
  refusal: RefusedPart.optional(),
});
export type SchemePart = z.infer<typeof SchemePart>;

export const Scheme = z.strictObject({
  schemeId: SchemeId,
  name: Name,
  proposedBy: DepartmentId,
  startedAt: Instant,
  /** Those that the reader may know of. */
  items: z.array(SchemePart),
});
export type Scheme = z.infer<typeof Scheme>;

export const SchemeAcceptanceBody = z.strictObject({
  agreements: z
    .array(z.strictObject({ agreementId: AgreementId, termsVersion: VersionNumber }))
    .min(1)
    .max(MAX_SCHEME),
});

export const SchemeSignaturesBody = z.strictObject({
  agreements: z
    .array(z.strictObject({ agreementId: AgreementId, termsVersion: VersionNumber, termsDigest: Sha256 }))
    .min(1)
    .max(MAX_SCHEME),
});

/** What came of one step on one of many agreements. */
export const SchemeStep = z.strictObject({
  agreementId: AgreementId,
  state: AgreementState.optional(),
  refusal: RefusedPart.optional(),
});
export type SchemeStep = z.infer<typeof SchemeStep>;

export const SchemeSteps = z.strictObject({ schemeId: SchemeId, items: z.array(SchemeStep) });
export type SchemeSteps = z.infer<typeof SchemeSteps>;
