import * as z from 'zod';
import { ComparedList, ComparisonRefusal, ComparisonRefusalCode } from './comparisons.ts';
import { AgreementId, DepartmentId, Instant, ResourceId, VersionNumber, WatchId } from './ids.ts';
import { RecordKey } from './lookups.ts';
import { PageQuery, pageOf } from './paging.ts';
import { Encoding, PresignedPut } from './uploads.ts';

/** Watches of an agreement at once, from their lodging on: each is looked at whenever there are new data. */
export const MOST_WATCHES = 100;

/** Keys that a call lodges; more are sent as a list. */
export const MOST_LODGED = 1000;

/** Keys that one notice names. */
export const MOST_REFS = 1000;

export const LodgedList = z.strictObject({
  ...ComparedList.shape,
  format: ComparedList.shape.format.default('csv'),
  encoding: Encoding.default('utf-8'),
});
export type LodgedList = z.infer<typeof LodgedList>;

export const LodgeKeysBody = z
  .strictObject({
    agreementId: AgreementId,
    keys: z.array(RecordKey).min(1).max(MOST_LODGED).optional(),
    /** Instead of `keys`: a list that is sent, as one to compare is. */
    list: LodgedList.optional(),
  })
  .refine(({ keys, list }) => (keys === undefined) !== (list === undefined), {
    error: 'either keys or list',
    path: ['keys'],
  });
export type LodgeKeysBody = z.infer<typeof LodgeKeysBody>;

/** `put` where a list is to be sent, until `expiresAt`. */
export const LodgedWatch = z.strictObject({
  watchId: WatchId,
  put: PresignedPut.optional(),
  expiresAt: Instant.optional(),
});
export type LodgedWatch = z.infer<typeof LodgedWatch>;

/**
 * awaiting: its keys are to come · received: they wait for their first look · active: they are watched · refused: they are
 * not, and why · ended: they were · expired: they did not come in time, or nobody got to look at them
 */
export const WatchState = z.enum(['awaiting', 'received', 'active', 'refused', 'ended', 'expired']);
export type WatchState = z.infer<typeof WatchState>;

export const WatchRefusalCode = z.enum([
  ...ComparisonRefusalCode.exclude(['list-too-long', 'result-unfit', 'no-dataset', 'declined']).options,
  /** Rows without a key, or that are none. */
  'invalid-keys',
  /** More than the terms let be watched at once. */
  'too-many-keys',
  /** More than the terms let be lodged on a day. */
  'quota-exceeded',
]);
export type WatchRefusalCode = z.infer<typeof WatchRefusalCode>;

/** As of a comparison: a list of keys is read as other lists are. */
export const WatchRefusal = ComparisonRefusal.extend({ code: WatchRefusalCode });
export type WatchRefusal = z.infer<typeof WatchRefusal>;

/** `consumer`: it took them back · `agreement-over` · `terms-replaced`: those in force now let them be watched no more. */
export const WatchEnd = z.enum(['consumer', 'agreement-over', 'terms-replaced']);
export type WatchEnd = z.infer<typeof WatchEnd>;

/** What every watch is from its lodging on. */
export const watchBasics = {
  watchId: WatchId,
  agreementId: AgreementId,
  /** By which it looks at records. */
  termsVersion: VersionNumber,
  resourceId: ResourceId,
  provider: DepartmentId,
  consumer: DepartmentId,
  /** Of its terms. */
  purpose: z.string(),
  lodgedAt: Instant,
};
const Lodged = z.strictObject(watchBasics);

/** What there is of keys that are, or were, watched. */
export const watched = {
  /** How many. */
  keys: z.int().min(1),
  since: Instant,
  /** The dataset that was looked at last; none where the resource had none. */
  datasetVersion: VersionNumber.optional(),
  lookedAt: Instant,
  /** Keys whose change was told, each time counted, and with how many datasets. */
  told: z.strictObject({ keys: z.int().min(0), datasets: z.int().min(0) }),
};

export const KeyWatch = z.discriminatedUnion('state', [
  Lodged.extend({ state: z.literal('awaiting'), expiresAt: Instant }),
  Lodged.extend({ state: z.literal('received'), receivedAt: Instant }),
  Lodged.extend({ state: z.literal('active'), ...watched }),
  Lodged.extend({ state: z.literal('refused'), refusal: WatchRefusal, finishedAt: Instant }),
  Lodged.extend({
    state: z.literal('ended'),
    end: WatchEnd,
    finishedAt: Instant,
    keys: watched.keys.optional(),
    told: watched.told.optional(),
  }),
  Lodged.extend({ state: z.literal('expired'), finishedAt: Instant }),
]);
export type KeyWatch = z.infer<typeof KeyWatch>;

export const KeyWatchQuery = z.strictObject({
  ...PageQuery.shape,
  /** `consumer`: keys of mine · `provider`: keys watched in my data; both without it. */
  role: z.enum(['consumer', 'provider']).optional(),
  state: WatchState.optional(),
  agreementId: AgreementId.optional(),
});
export type KeyWatchQuery = z.infer<typeof KeyWatchQuery>;
export const KeyWatchList = pageOf(KeyWatch);
