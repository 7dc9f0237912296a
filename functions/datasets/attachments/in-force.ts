import type { AttachmentContent } from '../../../schemas/contracts/attachments.ts';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import type { AttachmentDigest, StoredPicture } from '../../../schemas/stored/attachments.ts';
import { referencesIn, type AttachmentMacs, type Standing } from './references.ts';

/** Attachments as accepted uploads have them. */
export interface Attachments {
  /** Of the accepted upload that was announced last of those that name it; strongly consistent. */
  inForce(resourceId: ResourceId, digest: AttachmentDigest): Promise<StoredPicture | undefined>;
}

export interface AttachmentPorts {
  readonly attachments: Attachments;
  readonly attachmentObjects: {
    /** Of the picture, to be saved and not shown as a page; it lives so long. */
    url(attachment: StoredPicture, seconds: number, at: string): Promise<string>;
  };
  readonly attachmentMacs: AttachmentMacs;
}

/**
 * The attachment that a reference leads to from where it stands. Undefined for a reference of another place, for one that was
 * made up, and where nothing of that name was uploaded (any more): nobody can tell these apart.
 */
export async function attachmentBehind(
  { attachments, attachmentMacs }: Pick<AttachmentPorts, 'attachments' | 'attachmentMacs'>,
  resourceId: ResourceId,
  standing: Standing,
  reference: string,
): Promise<StoredPicture | undefined> {
  const digest = (await referencesIn(attachmentMacs, resourceId, standing)).digestIn(reference);
  return digest === undefined ? undefined : attachments.inForce(resourceId, digest);
}

export const shownAttachment = (
  { type, sha256, bytes }: StoredPicture,
  url: string,
  expiresAt: string,
): AttachmentContent => ({ url, expiresAt, type, sha256, bytes });
