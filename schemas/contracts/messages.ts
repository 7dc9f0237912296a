import * as z from 'zod';
import { ComparisonId, DeliveryId, ExtractId, ResourceId, UploadId, VersionNumber, WatchId } from './ids.ts';
import { Condition, DeliveryFormat, Mask } from './terms.ts';

/**
 * `receive` -> `check`: MessageGroupId is the provider, so that no department's file delays another's. Of an upload in
 * segments it is about one of them, or without `segment` about what they are together.
 */
export const IntakeMessage = z.strictObject({ uploadId: UploadId, segment: z.int().min(1).optional() });
export type IntakeMessage = z.infer<typeof IntakeMessage>;

/** Attachments of a resource, of which it is to be found out which no record names -> `check`. */
export const UnnamedMessage = z.strictObject({ resourceId: ResourceId });
export type UnnamedMessage = z.infer<typeof UnnamedMessage>;

/** What `check` is asked to do. */
export const CheckMessage = z.union([IntakeMessage, UnnamedMessage]);

/** A list that has come -> `compare`. */
export const ComparisonMessage = z.strictObject({ comparisonId: ComparisonId });
export type ComparisonMessage = z.infer<typeof ComparisonMessage>;

/** Watched keys that are to be looked at -> `compare`. */
export const WatchMessage = z.strictObject({ watchId: WatchId });
export type WatchMessage = z.infer<typeof WatchMessage>;

/** What `compare` is asked to do. */
export const CompareMessage = z.union([ComparisonMessage, WatchMessage]);
export type CompareMessage = z.infer<typeof CompareMessage>;

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
