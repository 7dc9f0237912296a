import * as z from 'zod';
import { Instant, VersionNumber, UploadId } from '../contracts/ids.ts';
import {
  Content,
  Held,
  PartDeclaration,
  RowCounts,
  Upload,
  UploadRefusal,
  ViolationCount,
  type UploadState,
} from '../contracts/uploads.ts';

/** What every upload is from its announcement on. */
const Announced = z.strictObject({
  ...Upload.pick({
    uploadId: true,
    resourceId: true,
    resourceVersion: true,
    provider: true,
    sequence: true,
    content: true,
    format: true,
    sheet: true,
    name: true,
    encoding: true,
    bytes: true,
    sha256: true,
    fixes: true,
    announcedAt: true,
    expiresAt: true,
  }).shape,
  key: z.string(),
  session: z.string(),
  /** Grows by one with every attempt to check; a commit names the one it belongs to. */
  epoch: z.int().min(0),
});

/** What the check of its records found. */
const findings = { rows: RowCounts, violations: z.array(ViolationCount).default([]) };
/** Where the report is that tells of them; its URL is made when asked for. */
const report = { reportKey: z.string().optional() };
/** Of one that was held: why, and what its provider said. */
const decision = { held: Held.optional(), confirmedAt: Instant.optional(), reason: z.string().optional() };

/** One that was held and confirmed keeps what was found, until it is checked again. */
const earlier = { ...decision, ...report, rows: RowCounts.optional(), violations: z.array(ViolationCount).optional() };

/** When the sweeper should look. */
const underWay = { lookAgainAt: Instant };
const ended = {
  ...decision,
  ...report,
  finishedAt: Instant,
  fixFileKey: z.string().optional(),
  /** While something is to be tidied after it. */
  lookAgainAt: Instant.optional(),
};

const Awaiting = Announced.extend({ state: z.literal('awaiting'), ...underWay });
const Arrived = Announced.extend({ receivedAt: Instant });
const Received = Arrived.extend({ state: z.literal('received'), ...earlier, ...underWay });
const Checking = Arrived.extend({ state: z.literal('checking'), ...earlier, ...underWay, leaseUntil: Instant });
const HeldBack = Arrived.extend({ state: z.literal('held'), ...findings, ...report, held: Held, ...underWay });
const Accepted = Arrived.extend({
  state: z.literal('accepted'),
  ...ended,
  ...findings,
});
/** Records make a dataset. */
const ofRecords = {
  content: Content,
  datasetVersion: VersionNumber,
  /** Tries so far to profile the dataset that it made; absent once that is done, or given up. */
  unprofiled: z.int().min(0).optional(),
  /** While somebody profiles it. */
  leaseUntil: Instant.optional(),
};
/** Attachments make none. */
const ofAttachments = {
  content: z.literal('attachments'),
  datasetVersion: z.undefined().optional(),
  unprofiled: z.undefined().optional(),
  leaseUntil: z.undefined().optional(),
};
const Refused = Announced.extend({
  state: z.literal('refused'),
  ...ended,
  refusal: UploadRefusal,
  /** Absent where it expired before anything came. */
  receivedAt: Instant.optional(),
  rows: RowCounts.optional(),
  violations: z.array(ViolationCount).optional(),
});

const StoredObject = z.strictObject({ versionId: z.string(), bytes: z.int() });

/** It comes as one object, by one PUT or in parts. */
const whole = {
  segments: z.undefined().optional(),
  multipart: z.strictObject({ id: z.string(), parts: z.array(PartDeclaration) }).optional(),
};
const arrived = { ...whole, object: StoredObject };

const WholeUpload = z.discriminatedUnion('state', [
  Awaiting.extend(whole),
  Received.extend(arrived),
  Checking.extend(arrived),
  HeldBack.extend(arrived),
  z.discriminatedUnion('content', [
    Accepted.extend({ ...arrived, ...ofRecords }),
    Accepted.extend({ ...arrived, ...ofAttachments }),
  ]),
  Refused.extend({ ...whole, object: StoredObject.optional() }),
]);
export type WholeUpload = z.infer<typeof WholeUpload>;

/** It comes in segments, each of which is an object, and an item, of its own. */
const inSegments = {
  segments: z.int().min(2),
  /** The segments as they were announced. */
  pieces: z.array(PartDeclaration),
  /** Which of their records have whose keys is settled. */
  settled: z.literal(true).optional(),
};

const SegmentedUpload = z.discriminatedUnion('state', [
  Awaiting.extend(inSegments),
  Received.extend(inSegments),
  Checking.extend(inSegments),
  HeldBack.extend(inSegments),
  Accepted.extend({ ...inSegments, ...ofRecords }),
  Refused.extend(inSegments),
]);
export type SegmentedUpload = z.infer<typeof SegmentedUpload>;

/** An upload as stored: in each state what it has by then, no more and no less. */
export const StoredUpload = z.union([WholeUpload, SegmentedUpload]);
export type StoredUpload = WholeUpload | SegmentedUpload;

/** An upload in one state, or in one of several. */
export type UploadIn<S extends UploadState, U extends StoredUpload = StoredUpload> = Extract<U, { state: S }>;

/** One that made a dataset. */
export type AcceptedRecords = Exclude<UploadIn<'accepted'>, { content: 'attachments' }>;

/** Beside an announced upload: what finds it by its number, until it has a verdict. */
export const UnderWayItem = z.strictObject({ sequence: VersionNumber, uploadId: UploadId });
