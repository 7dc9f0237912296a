import * as z from 'zod';
import { Mode } from './definition.ts';
import { DepartmentId, Instant, ResourceId, VersionNumber } from './ids.ts';
import { ComparisonTerms, DeliveryFormat, Frequency, LookupTerms, Mask } from './terms.ts';
import { Line } from './text.ts';
import { Content } from './uploads.ts';

/**
 * Terms under which a provider accepts a request at once. A list names what may be asked for; terms that stay within all
 * of it are accepted, any others wait for the provider as usual.
 */
export const OfferBody = z.strictObject({
  /** Fields that may be asked for, filtered by and, without a mask, compared. */
  fields: z.array(Line.min(1)).min(1).max(1000),
  /** Fields that are given masked only, with at least this mask. */
  mask: z.record(Line, Mask).default({}),
  /** Terms of any other mode wait for the provider. */
  modes: z.array(Mode).min(1).default(['delivery']),
  contents: z.array(Content).min(1).default(['snapshot']),
  formats: z.array(DeliveryFormat).min(1).default(['csv']),
  frequencies: z.array(Frequency).min(1).default(['on-arrival']),
  /** Most that lookups may ask for; goes with their mode. */
  lookup: z
    .strictObject(LookupTerms.pick({ perDay: true, perUserPerDay: true, keys: true, watchKeys: true }).shape)
    .optional(),
  /** Kinds that may be asked for, and bounds: `minResult` and `threshold` at least, the others at most. */
  comparison: z
    .strictObject(
      ComparisonTerms.pick({
        kinds: true,
        threshold: true,
        minResult: true,
        maxList: true,
        runsPerDay: true,
        watchKeys: true,
      }).shape,
    )
    .optional(),
  /** Longest validity, in days, its first and last included. */
  maxDays: z.int().min(1).max(3660),
  /** Longest retention that the consumer may ask for, in days. */
  maxRetainDays: z.int().min(1).max(36_500),
  /** Whom it is for; everybody where it is left out. */
  audience: z.array(DepartmentId).min(1).max(200).optional(),
});
export type OfferBody = z.infer<typeof OfferBody>;

export const Offer = z.strictObject({
  ...OfferBody.shape,
  resourceId: ResourceId,
  provider: DepartmentId,
  /** The resource version that it was stated for. */
  resourceVersion: VersionNumber,
  statedAt: Instant,
});
export type Offer = z.infer<typeof Offer>;
