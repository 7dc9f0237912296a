import * as z from 'zod';
import {
  AgreementId,
  CorrectionId,
  DeliveryId,
  DemandId,
  DepartmentId,
  EvidenceId,
  Instant,
  LookupId,
  ResourceId,
  Sha256,
  ThemeId,
  UploadId,
  VersionNumber,
} from './ids.ts';

export const EvidenceAct = z.enum([
  'definition-published',
  'resource-deprecated',
  'resource-retired',
  'offer-stated',
  'offer-withdrawn',
  'agreement-proposed',
  'agreement-countered',
  'agreement-commented',
  'agreement-accepted',
  'agreement-approved',
  'agreement-signed',
  'agreement-filed',
  'agreement-withdrawn',
  'agreement-suspended',
  'agreement-resumed',
  'agreement-terminated',
  'agreement-expired',
  'agreement-outdated',
  'agreement-restored',
  'agreement-disputed',
  'dispute-answered',
  'dispute-decided',
  'disposal-stated',
  'terms-previewed',
  'benefit-stated',
  'theme-defined',
  'demand-stated',
  'demand-matched',
  'demand-declined',
  'demand-withdrawn',
  'upload-accepted',
  'upload-refused',
  'upload-held',
  'upload-confirmed',
  'upload-declined',
  'delivery-released',
  'content-requested',
  'receipt-given',
  'retention-ended',
  'correction-reported',
  'correction-answered',
  'correction-closed',
  'looked-up',
  'lookups-reported',
]);
export type EvidenceAct = z.infer<typeof EvidenceAct>;

/** The hub itself acts where no person does: a check's verdict, a release. */
export const Actor = z.strictObject({
  department: z.union([DepartmentId, z.literal('hub')]),
  session: z.string().max(200),
});
export type Actor = z.infer<typeof Actor>;

/** Ids, digests and counts only: never a value of a record. */
export const Evidence = z.strictObject({
  evidenceId: EvidenceId,
  at: Instant,
  act: EvidenceAct,
  actor: Actor,
  subject: z.strictObject({
    resourceId: ResourceId.optional(),
    resourceVersion: VersionNumber.optional(),
    agreementId: AgreementId.optional(),
    termsVersion: VersionNumber.optional(),
    uploadId: UploadId.optional(),
    datasetVersion: VersionNumber.optional(),
    deliveryId: DeliveryId.optional(),
    themeId: ThemeId.optional(),
    demandId: DemandId.optional(),
    correctionId: CorrectionId.optional(),
    lookupId: LookupId.optional(),
    /** Whose data, and for whom: what reports count by. */
    provider: DepartmentId.optional(),
    consumer: DepartmentId.optional(),
    filingNumber: z.string().optional(),
    refusal: z.string().optional(),
  }),
  digests: z.record(z.string(), Sha256),
  /** What the act amounts to: rows, bytes, seconds late. */
  figures: z.record(z.string(), z.int().min(0)).optional(),
});
export type Evidence = z.infer<typeof Evidence>;
