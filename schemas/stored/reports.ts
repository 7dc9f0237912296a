import * as z from 'zod';
import { AgreementId, DeliveryId, Instant, VersionNumber } from '../contracts/ids.ts';
import { AskedFigures, Benefit, Month } from '../contracts/reports.ts';

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

/** What was looked up and compared in a month under one terms version: counted from the evidence, as uses are. */
export const StoredAsked = z.strictObject({
  agreementId: AgreementId,
  month: Month,
  termsVersion: VersionNumber,
  ...AskedFigures.shape,
  /** Results of comparisons that were told, and requests for the content of any. */
  results: z.int().min(0),
  requests: z.int().min(0),
  askedAt: Instant.optional(),
  /** The latest lookup, request for a result, or run whose result was withheld: there is nothing more to have of these. */
  usedAt: Instant.optional(),
});
export type StoredAsked = z.infer<typeof StoredAsked>;
