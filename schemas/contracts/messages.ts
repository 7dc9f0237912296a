import * as z from 'zod';
import { ChangeCounts } from './deliveries.ts';
import {
  AgreementId,
  CalendarDate,
  CorrectionId,
  DeliveryId,
  DemandId,
  DepartmentId,
  ExtractId,
  Instant,
  NoticeId,
  ResourceId,
  Sha256,
  UploadId,
  VersionNumber,
} from './ids.ts';
import { Condition, DeliveryFormat, Mask } from './terms.ts';
import { Content } from './uploads.ts';

/** What a consumer finds in its mailbox. Sent at least once; the same delivery always has the same `deliveryId`. */
export const DeliveryNotice = z.strictObject({
  type: z.literal('delivery'),
  deliveryId: DeliveryId,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
  resourceVersion: VersionNumber,
  datasetVersion: VersionNumber,
  provider: DepartmentId,
  /** What the terms permit it to be used for. */
  purpose: z.string().optional(),
  content: Content,
  /** Of `changes`: apply them to this version of the consumer's copy, and to no other. */
  baseDatasetVersion: VersionNumber.optional(),
  format: DeliveryFormat,
  rows: z.int().min(0),
  changes: ChangeCounts.optional(),
  bytes: z.int().min(0),
  sha256: Sha256,
  releasedAt: Instant,
  contentPath: z.string(),
});
export type DeliveryNotice = z.infer<typeof DeliveryNotice>;

/**
 * Every other notice: something happened that its reader should know of, or is owed. It says what and where, in ids,
 * states and dates; words are behind `path`. Sent at least once; the same one always has the same `noticeId`.
 */
export const EventNotice = z.strictObject({
  type: z.enum(['agreement', 'demand', 'resource', 'correction', 'duty']),
  noticeId: NoticeId,
  /** What happened: an agreement's action, a demand's new state, `deprecated`, `reminder`, `overdue` … */
  event: z.string().max(50),
  at: Instant,
  /** Who did it; absent where a clock speaks. */
  by: DepartmentId.optional(),
  agreementId: AgreementId.optional(),
  termsVersion: VersionNumber.optional(),
  state: z.string().max(50).optional(),
  demandId: DemandId.optional(),
  resourceId: ResourceId.optional(),
  resourceVersion: VersionNumber.optional(),
  deliveryId: DeliveryId.optional(),
  correctionId: CorrectionId.optional(),
  /** Of a duty: which, and its last day. */
  duty: z.string().max(50).optional(),
  due: CalendarDate.optional(),
  /** Where to read on. */
  path: z.string(),
});
export type EventNotice = z.infer<typeof EventNotice>;

/** A notice on its way: committed with what it tells of, then sent, then forgotten. */
export const OutgoingNotice = z.strictObject({ to: DepartmentId, notice: EventNotice });
export type OutgoingNotice = z.infer<typeof OutgoingNotice>;

/**
 * `receive` -> `check`: MessageGroupId is the provider, so that no department's file delays another's. Of an upload in
 * segments it is about one of them, or without `segment` about what they are together.
 */
export const IntakeMessage = z.strictObject({ uploadId: UploadId, segment: z.int().min(1).optional() });
export type IntakeMessage = z.infer<typeof IntakeMessage>;

/** Exactly the bytes that some terms ask for: equal specifications give equal extracts. */
export const ExtractSpec = z.strictObject({
  fields: z.array(z.string()).min(1),
  filter: z.array(Condition),
  mask: z.record(z.string(), Mask),
  format: DeliveryFormat,
});
export type ExtractSpec = z.infer<typeof ExtractSpec>;

/**
 * Up to here work that reads data takes tenths of a second, beyond it seconds to minutes, at some 100 MB/s: it goes through
 * queues of its own, so that nobody's small work waits behind it.
 */
export const SMALL_BYTES = 8 * 1024 * 1024;

export const MAX_EXTRACTS_A_PASS = 16;

/** `dispatch` -> `deliver`: one pass over one dataset version, for at most 16 distinct extracts. */
export const DeliveryWork = z.strictObject({
  resourceId: ResourceId,
  datasetVersion: VersionNumber,
  extracts: z
    .array(
      z.strictObject({
        extractId: ExtractId,
        spec: ExtractSpec,
        /** The difference to this dataset version, instead of the whole. */
        baseDatasetVersion: VersionNumber.optional(),
        deliveries: z.array(DeliveryId).min(1).max(1000),
      }),
    )
    .min(1)
    .max(MAX_EXTRACTS_A_PASS),
});
export type DeliveryWork = z.infer<typeof DeliveryWork>;
