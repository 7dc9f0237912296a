import * as z from 'zod';
import {
  AgreementId,
  ComparisonId,
  DeliveryId,
  DepartmentId,
  EvidenceId,
  ReconciliationId,
  ResourceId,
  UploadId,
  WatchId,
} from '../contracts/ids.ts';

/** Beside a thing that is to be looked at: by what the thing is found, and as what it was marked. */
export const DueItem = z
  .object({
    uploadId: UploadId,
    resourceId: ResourceId,
    datasetVersion: z.int(),
    resourceVersion: z.int(),
    agreementId: AgreementId,
    /** The agreement's revision. */
    asOf: z.int(),
    deliveryId: DeliveryId,
    state: z.string(),
    provider: DepartmentId,
    evidenceId: EvidenceId,
    comparisonId: ComparisonId,
    watchId: WatchId,
    reconciliationId: ReconciliationId,
    /** Another one with each time that it was marked: whoever takes it away has seen that one. */
    token: z.string(),
  })
  .partial();
export type DueItem = z.infer<typeof DueItem>;
