import * as z from 'zod';
import { Instant, UploadId } from '../contracts/ids.ts';
import { RowCounts, UploadRefusal } from '../contracts/uploads.ts';
import { DatasetObject } from './datasets.ts';

const Place = z.strictObject({ key: z.string(), versionId: z.string() });
export type Place = z.infer<typeof Place>;

/** What the check of a segment came to. */
export const SegmentOutcome = z.union([
  z.strictObject({ refusal: UploadRefusal }),
  z.strictObject({
    rows: RowCounts,
    violationsTotal: z.int().min(0),
    reported: z.int().min(0),
    fixable: z.int().min(0),
    lines: z.int().min(0),
    blankLines: z.int().min(0),
    /** Its part of the dataset; none where none of its records was accepted. */
    dataset: DatasetObject.optional(),
    /** What its records break, as JSON. */
    counts: Place,
    report: Place.optional(),
    fixFile: Place.optional(),
  }),
]);
export type SegmentOutcome = z.infer<typeof SegmentOutcome>;

/** A segment that has arrived. */
const Arrived = z.strictObject({
  uploadId: UploadId,
  /** From 1. */
  number: z.int().min(1),
  object: z.strictObject({ versionId: z.string(), bytes: z.int() }),
  receivedAt: Instant,
  /** Grows by one with every attempt to check it. */
  epoch: z.int().min(0),
  /** The keys of its records, as its first check wrote them. */
  keys: Place.optional(),
  /** Those of its keys that other records have: with them it is checked a second time. */
  collisions: Place.optional(),
});

/** A segment as stored: in each state what it has by then. */
export const StoredSegment = z.discriminatedUnion('state', [
  Arrived.extend({ state: z.literal('received') }),
  Arrived.extend({ state: z.literal('checking'), leaseUntil: Instant }),
  Arrived.extend({ state: z.literal('checked'), outcome: SegmentOutcome }),
]);
export type StoredSegment = z.infer<typeof StoredSegment>;

/** A segment in one state, or in one of several. */
export type SegmentIn<S extends StoredSegment['state']> = Extract<StoredSegment, { state: S }>;
