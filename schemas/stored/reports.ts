import * as z from 'zod';
import { AgreementId, DeliveryId, Instant, VersionNumber } from '../contracts/ids.ts';
import { Benefit } from '../contracts/reports.ts';

/** As stored, with the themes of the resource version that the agreement spoke of. */
export const StoredBenefit = z.strictObject({ ...Benefit.shape, themes: z.array(z.string()) });
export type StoredBenefit = z.infer<typeof StoredBenefit>;

/** A delivery as far as it was made use of: counted from the evidence, each part whenever it happens. */
export const StoredUse = z.strictObject({
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  datasetVersion: VersionNumber,
  deliveryId: DeliveryId,
  releasedAt: Instant.optional(),
  /** The latest request for its content that was counted. */
  fetchedAt: Instant.optional(),
  receivedAt: Instant.optional(),
  requests: z.int().min(0),
});
export type StoredUse = z.infer<typeof StoredUse>;
