import * as z from 'zod';
import { Correction, CorrectionState } from '../contracts/corrections.ts';
import { ChangeCounts, Delivery } from '../contracts/deliveries.ts';
import {
  AgreementId,
  ExtractId,
  Instant,
  ResourceId,
  Sha256,
  UploadId,
  VersionNumber,
  CorrectionId,
  DeliveryId,
} from '../contracts/ids.ts';
import { DeliveryFormat } from '../contracts/terms.ts';

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

export const StoredCorrection = z.strictObject({
  ...Correction.shape,
  /** Of one that will be corrected: the newest dataset version when that was said; a later one closes it. */
  awaitedAfter: z.int().min(0).optional(),
});
export type StoredCorrection = z.infer<typeof StoredCorrection>;

/** A place in a consumer's history; repeats what a list chooses by, so that it reads only what it shows. */
export const DeliveryPointer = z.object({
  deliveryId: DeliveryId,
  resourceId: ResourceId,
  agreementId: AgreementId,
  receivedAt: z.string().optional(),
});
export type DeliveryPointer = z.infer<typeof DeliveryPointer>;

/** Under each party; repeats what a list chooses by, so that it reads only what it shows. */
export const CorrectionPointer = z.object({
  correctionId: CorrectionId,
  role: z.enum(['consumer', 'provider']),
  state: CorrectionState,
});
export type CorrectionPointer = z.infer<typeof CorrectionPointer>;

/** Of a department: the last position in its history. */
export const MailboxItem = z.object({ department: z.string(), position: z.int() });

/** Where an attempt to write an extract puts its object. */
export const AttemptItem = z.object({ extractId: ExtractId, key: z.string() });
