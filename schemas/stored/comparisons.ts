import * as z from 'zod';
import {
  ComparedList,
  ComparisonProgress,
  ComparisonRefusal,
  comparisonBasics,
  comparisonFindings,
  ListDataset,
  type ComparisonState,
} from '../contracts/comparisons.ts';
import { ComparisonId, Instant, ReconciliationId, VersionNumber } from '../contracts/ids.ts';
import { ComparisonKind, DeliveryFormat } from '../contracts/terms.ts';

/** What every comparison is from its announcement on. */
const Announced = z.strictObject({
  ...comparisonBasics,
  /** `kind` is what every item says of itself. */
  comparisonKind: ComparisonKind,
  list: ComparedList,
  resultFormat: DeliveryFormat,
  /** The list has digests in the place of values. */
  blind: z.literal(true).optional(),
  /** Who has to allow its run, by its terms. */
  approval: z.literal('provider').optional(),
  /** The standing order that it is a run of. */
  reconciliationId: ReconciliationId.optional(),
  /** The dataset that its list is; nobody sends one then. */
  listOf: ListDataset.optional(),
  /** Where the list arrives, in the intake bucket; of a dataset, where its first piece lies. */
  key: z.string(),
  /** Whose session announced it. */
  session: z.string(),
  /** Grows by one with every attempt to run it; a commit names the one it belongs to. */
  epoch: z.int().min(0),
});

const ListObject = z.strictObject({ versionId: z.string(), bytes: z.int().min(0) });

/**
 * The key of a blind comparison, which nobody opens without the secret that KMS makes for this salt. No ended comparison has
 * it: whatever ends one takes it away.
 */
export const SealedKey = z.strictObject({ salt: z.string(), sealed: z.string() });
export type SealedKey = z.infer<typeof SealedKey>;

/** When the sweeper should look. */
const underWay = { lookAgainAt: Instant, sealedKey: SealedKey.optional() };
const Arrived = Announced.extend({ object: ListObject, receivedAt: Instant });
const ended = {
  finishedAt: Instant,
  /** While its list is still to be removed. */
  lookAgainAt: Instant.optional(),
};
const Ended = Announced.extend({ ...ended, object: ListObject.optional(), receivedAt: Instant.optional() });
const approved = { approvedAt: Instant.optional() };

/** A comparison as stored: in each state what it has by then, no more and no less. */
export const StoredComparison = z.discriminatedUnion('state', [
  Announced.extend({ state: z.literal('awaiting'), expiresAt: Instant, ...underWay }),
  Arrived.extend({ state: z.literal('awaiting-approval'), expiresAt: Instant, ...underWay }),
  Arrived.extend({ state: z.literal('received'), ...approved, ...underWay }),
  Arrived.extend({
    state: z.literal('running'),
    ...approved,
    startedAt: Instant,
    leaseUntil: Instant,
    /** What it is compared with, and holds. */
    datasetVersion: VersionNumber,
    progress: ComparisonProgress.optional(),
    ...underWay,
  }),
  Arrived.extend({ state: z.literal('done'), ...approved, ...ended, ...comparisonFindings }),
  Ended.extend({ state: z.literal('refused'), refusal: ComparisonRefusal }),
  Ended.extend({ state: z.literal('cancelled') }),
  Ended.extend({ state: z.literal('expired') }),
]);
export type StoredComparison = z.infer<typeof StoredComparison>;

/** Under its agreement, as long as it waits for its provider's word. */
export const WaitingList = z.object({
  comparisonId: ComparisonId,
  termsVersion: VersionNumber,
  receivedAt: Instant,
  expiresAt: Instant,
});

/** A comparison in one state, or in one of several. */
export type ComparisonIn<S extends ComparisonState> = Extract<StoredComparison, { readonly state: S }>;
