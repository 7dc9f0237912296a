import * as z from 'zod';
import {
  AgreementId,
  ComparisonId,
  DeliveryId,
  DepartmentId,
  Instant,
  ResourceId,
  Sha256,
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
 * `unreadable-values`: accepted by an earlier version of the hub, they are none of their types by the rules of today ·
 * `beyond-sources`: a source of what it is derived of allows less by now than its terms.
 */
export const VoidReason = z.enum([
  'agreement-not-active',
  'terms-replaced',
  'incompatible-version',
  'does-not-fit',
  'unreadable-values',
  'beyond-sources',
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
  /** Of the result of a comparison, which is no copy of the resource. */
  comparisonId: ComparisonId.optional(),
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
