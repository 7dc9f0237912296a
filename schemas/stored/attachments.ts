import * as z from 'zod';
import { AttachmentType } from '../contracts/definition.ts';
import { Instant, ResourceId, Sha256, UploadId, VersionNumber } from '../contracts/ids.ts';

/** Keyed, of an attachment's name: without the hub's key nobody can try out whose it is. 16 bytes, in hexadecimal. */
export const AttachmentDigest = z.string().regex(/^[0-9a-f]{32}$/);
export type AttachmentDigest = z.infer<typeof AttachmentDigest>;

/** Where an attempt at an upload has written an attachment, or was about to. */
export const WrittenAttachment = z.strictObject({
  resourceId: ResourceId,
  digest: AttachmentDigest,
  uploadId: UploadId,
  /** Of the upload, in the order of its resource's uploads. */
  sequence: VersionNumber,
  /** Of the attempt. */
  epoch: z.int().min(1),
  /** When it was first found that no dataset in force names it, if none has named it since. */
  unnamedSince: Instant.optional(),
  /** It is none any more; its object may still be there. */
  disposed: z.literal(true).optional(),
});
export type WrittenAttachment = z.infer<typeof WrittenAttachment>;

const Picture = z.strictObject({
  type: AttachmentType,
  bytes: z.int().min(1),
  sha256: Sha256,
  object: z.strictObject({ key: z.string(), versionId: z.string() }),
});
export type StoredPicture = z.infer<typeof Picture>;

/**
 * An attachment as some attempt at some upload has it; it is in force if that is the attempt by which its upload is accepted.
 * Without a picture it says that the provider took away what was there.
 */
export const StoredAttachment = z.strictObject({ ...WrittenAttachment.shape, picture: Picture.optional() });
export type StoredAttachment = z.infer<typeof StoredAttachment>;
