import { z } from 'zod';
import {
  AgreementId,
  DeliveryId,
  DepartmentId,
  EvidenceId,
  Instant,
  ResourceId,
  Sha256,
  UploadId,
  VersionNumber,
} from './ids.ts';

export const EvidenceAct = z.enum([
  'definition-published',
  'agreement-proposed',
  'agreement-accepted',
  'agreement-signed',
  'agreement-filed',
  'agreement-terminated',
  'upload-accepted',
  'upload-refused',
  'upload-held',
  'upload-confirmed',
  'upload-declined',
  'delivery-released',
  'content-requested',
  'receipt-given',
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
    filingNumber: z.string().optional(),
    refusal: z.string().optional(),
  }),
  digests: z.record(z.string(), Sha256),
});
export type Evidence = z.infer<typeof Evidence>;
