import * as z from 'zod';
import { ComparedList } from '../contracts/comparisons.ts';
import { AgreementId, Instant, VersionNumber, WatchId } from '../contracts/ids.ts';
import { WatchEnd, watchBasics, watched, WatchRefusal } from '../contracts/watches.ts';
import { DatasetObject } from './datasets.ts';

const Basics = z.strictObject({
  ...watchBasics,
  /** Whose session lodged it. */
  session: z.string(),
  /** Grows by one with every attempt to look; a commit names the one it belongs to. */
  epoch: z.int().min(0),
});

const Announced = Basics.extend({
  /** Forgotten once the keys are taken: a digest would tell of a short list. */
  list: ComparedList,
});
const Arrived = Announced.extend({
  object: z.strictObject({ versionId: z.string(), bytes: z.int().min(0) }),
  receivedAt: Instant,
});

/** Keys with what is known of their records, as the last look left them. */
const Taken = Basics.extend({
  ...watched,
  /** The resource's fields that the keys are of, in their order. */
  keyFields: z.array(z.string()).min(1),
  /** Of the terms: how the keys are to be read. */
  resourceVersion: VersionNumber,
  object: DatasetObject,
});

const attempt = {
  leaseUntil: Instant,
  /** How many attempts at this look there were. */
  attempts: z.int().min(1),
  /** The dataset that it looks at, and holds; none where the resource has none. */
  looksAt: VersionNumber.optional(),
};

const finished = {
  finishedAt: Instant,
  /** Its list, as far as it came. */
  object: z.strictObject({ versionId: z.string() }).optional(),
  /** Its keys, as the last look left them. */
  kept: DatasetObject.pick({ key: true, versionId: true }).optional(),
};

/** A watch as stored: in each state what it has by then. `lodging` and `looking` are looks under way. */
export const StoredKeyWatch = z.discriminatedUnion('state', [
  Announced.extend({ state: z.literal('awaiting'), expiresAt: Instant }),
  Arrived.extend({ state: z.literal('received') }),
  Arrived.extend({ state: z.literal('lodging'), ...attempt }),
  Taken.extend({ state: z.literal('active') }),
  Taken.extend({ state: z.literal('looking'), ...attempt }),
  Basics.extend({ state: z.literal('refused'), refusal: WatchRefusal, ...finished }),
  Basics.extend({
    state: z.literal('ended'),
    end: WatchEnd,
    keys: watched.keys.optional(),
    told: watched.told.optional(),
    ...finished,
  }),
  Basics.extend({ state: z.literal('expired'), ...finished }),
]);
export type StoredKeyWatch = z.infer<typeof StoredKeyWatch>;
export type WatchIn<S extends StoredKeyWatch['state']> = Extract<StoredKeyWatch, { readonly state: S }>;

/** Beside a resource, as long as a watch of its records may look. */
export const WatchPointer = z.object({ watchId: WatchId, agreementId: AgreementId });
export type WatchPointer = z.infer<typeof WatchPointer>;

/** Of an agreement: watches that have not ended, keys that they watch, and standing orders to compare. */
export const StoredWatched = z.object({
  watches: z.int().optional(),
  keys: z.int().optional(),
  reconciliations: z.int().optional(),
});
