import type { UploadId } from '../../../schemas/contracts/ids.ts';
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

/** Which of a department's turns at large checks it takes: segments one after the other, uploads as their ids fall. */
export const turnOf = (uploadId: UploadId, segment: number | undefined, turns: number): number =>
  (segment ?? uploadId.charCodeAt(uploadId.length - 1)) % turns;

/**
 * Any other of its department's turns, for what is sent again because nobody checks it: where a worker died before it
 * could hold its message, that keeps its own turn for the sixteen minutes for which the queue hides it.
 * @param random from 0 up to, not including, 1
 */
export const anotherTurn =
  (random: () => number): typeof turnOf =>
  (uploadId, segment, turns) =>
    turns === 1 ? 0 : (turnOf(uploadId, segment, turns) + 1 + Math.floor(random() * (turns - 1))) % turns;
