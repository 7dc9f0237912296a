import { SMALL_BYTES } from '../../../schemas/contracts/messages.ts';
import type { PartDeclaration } from '../../../schemas/contracts/uploads.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import { UPLOADS } from '../../records/index.ts';

type Weighed = Pick<StoredUpload, 'bytes' | 'format'> & { readonly pieces?: readonly PartDeclaration[] };

/**
 * Whether checking an upload, or one of its segments, takes a place among the large ones.
 * @param baseBytes of the dataset that changes are merged into, or that mended records join
 */
export function isLarge({ bytes, format, pieces }: Weighed, segment: number | undefined, baseBytes = 0): boolean {
  const own = segment === undefined ? bytes : (pieces?.[segment - 1]?.bytes ?? bytes);
  return own * UPLOADS[format].unpacked + baseBytes > SMALL_BYTES;
}

/**
 * Whether the profile of an accepted upload's dataset waits for the sweeper's turn, a minute later: it reads the whole
 * dataset, at the very moment at which that is read to be delivered, and nobody waits for it.
 */
export const isProfiledLater = (upload: StoredUpload): boolean =>
  upload.state === 'accepted' && upload.unprofiled !== undefined && isLarge(upload, undefined);

export const hasBase = ({ content, fixes }: Pick<StoredUpload, 'content' | 'fixes'>): boolean =>
  content === 'changes' || fixes !== undefined;
