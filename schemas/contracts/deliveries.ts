import * as z from 'zod';
import {
  AgreementId,
  DeliveryId,
  DepartmentId,
  ExtractId,
  Instant,
  ResourceId,
  Sha256,
  UploadId,
  VersionNumber,
} from './ids.ts';
import { Cursor, PageQuery, pageOf } from './paging.ts';
import { DeliveryFormat } from './terms.ts';
import { Content } from './uploads.ts';

/** planned: to be written · released: granted, notice owed · noticed: in the mailbox · void: will not be delivered. */
const DeliveryState = z.enum(['planned', 'released', 'noticed', 'void']);
export type DeliveryState = z.infer<typeof DeliveryState>;

/**
 * `terms-replaced`: an amendment was filed before it went out · `does-not-fit`: its format has no place for a value ·
 * `unreadable-values`: accepted by an earlier version of the hub, they are none of their types by the rules of today.
 */
export const VoidReason = z.enum([
  'agreement-not-active',
  'terms-replaced',
  'incompatible-version',
  'does-not-fit',
  'unreadable-values',
]);
export type VoidReason = z.infer<typeof VoidReason>;

/** Rows of a `changes` delivery, by what they do to the consumer's copy; `rows` is their sum. */
export const ChangeCounts = z.strictObject({
  inserted: z.int().min(0),
  updated: z.int().min(0),
  deleted: z.int().min(0),
});
export type ChangeCounts = z.infer<typeof ChangeCounts>;

export const Delivery = z.strictObject({
  deliveryId: DeliveryId,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
  resourceVersion: VersionNumber,
  datasetVersion: VersionNumber,
  provider: DepartmentId,
  consumer: DepartmentId,
  content: Content,
  /** Of `changes`: the dataset version that they are to be applied to. */
  baseDatasetVersion: VersionNumber.optional(),
  format: DeliveryFormat,
  state: DeliveryState,
  plannedAt: Instant,
  releasedAt: Instant.optional(),
  rows: z.int().min(0).optional(),
  changes: ChangeCounts.optional(),
  bytes: z.int().min(0).optional(),
  sha256: Sha256.optional(),
  receivedAt: Instant.optional(),
  voidReason: VoidReason.optional(),
  /** The days for which its terms let it be kept have passed: the hub does not hold its content any more. */
  retentionEndedAt: Instant.optional(),
});
export type Delivery = z.infer<typeof Delivery>;

export const StoredDelivery = z.strictObject({
  ...Delivery.shape,
  extractId: ExtractId,
  /** The upload that the data came from: what a delivery's log lines are found by. */
  uploadId: UploadId.optional(),
  /** Position in the consumer's history, counted from 1 at release; what `after` cursors point at. */
  position: z.int().min(1).optional(),
  /** Planned or released: when the sweeper first looks whether it went on. Noticed: when its retention ends. */
  lookAgainAt: Instant.optional(),
});
export type StoredDelivery = z.infer<typeof StoredDelivery>;

export const DeliveryQuery = z.strictObject({
  ...PageQuery.shape,
  /** Replay: the cursor of an earlier page of this list; same meaning as `cursor`. */
  after: Cursor.optional(),
  receipt: z.literal('none').optional(),
  resourceId: ResourceId.optional(),
  agreementId: AgreementId.optional(),
  /** Whose history: what I received (default), or what was delivered from my resources. */
  role: z.enum(['consumer', 'provider']).default('consumer'),
});
export type DeliveryQuery = z.infer<typeof DeliveryQuery>;
/** `cursor` is given on every page that has items, so that a consumer can come back later and go on from it. */
export const DeliveryList = pageOf(Delivery);

export const DeliveryContent = z.strictObject({
  url: z.url(),
  expiresAt: Instant,
  sha256: Sha256,
  bytes: z.int().min(0),
});
export type DeliveryContent = z.infer<typeof DeliveryContent>;

export const ReceiptBody = z.strictObject({ sha256: Sha256 });

/** One written extract, shared by every delivery whose terms ask for the same bytes. */
export const StoredExtract = z.strictObject({
  extractId: ExtractId,
  resourceId: ResourceId,
  datasetVersion: VersionNumber,
  /** Of `changes`: the other end of the difference. */
  baseDatasetVersion: VersionNumber.optional(),
  changes: ChangeCounts.optional(),
  format: DeliveryFormat,
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: Sha256,
  object: z.strictObject({ key: z.string(), versionId: z.string() }),
  /** Deliveries that hold a grant on it; at 0 the object goes, with all its versions. */
  grants: z.int().min(0),
  state: z.enum(['ready', 'deleting']),
});
export type StoredExtract = z.infer<typeof StoredExtract>;

/** When an active agreement is next looked at by the calendar, and what it has had. */
export const StoredReleasePlan = z.strictObject({
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  /** Which time of coming into force it was begun for, counted by the agreement's history; 0: not known. */
  activation: z.int().min(0).default(0),
  resourceId: ResourceId,
  /** Waits for the first day of validity; otherwise for a moment of the frequency. */
  opening: z.boolean(),
  nextAt: Instant,
  /** Newest dataset version that was delivered or found undeliverable under this agreement; 0 before the first. */
  lastDatasetVersion: z.int().min(0),
  /** Newest dataset version whose delivery could go out: what the next changes are based on; 0 before the first. */
  lastDelivered: z.int().min(0).default(0),
});
export type StoredReleasePlan = z.infer<typeof StoredReleasePlan>;
