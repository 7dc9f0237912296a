import type { StoredUpload } from '../../../schemas/contracts/uploads.ts';
import { after, isPast } from '../../kernel/time.ts';
import { isLeased } from './claim.ts';

/** A PUT that began before its URL expired may still be on its way: 5 GiB over a 2 Mbit/s line take 6 hours. */
const GRACE_SECONDS = 6 * 3600;

export type Sweeping =
  /** Look for its object: the word of its arrival may have been lost. */
  | 'seek'
  /** Nobody decided on it. */
  | 'give-up'
  /** Have it checked, profiled or tidied after: its message, or the function that worked on it, may be gone. */
  | 'enqueue'
  /** Somebody works on it, or its time has not come. */
  | 'leave';

/** What the sweeper does about an upload that the index named; the index may lag behind. */
export function sweeping(upload: StoredUpload, now: string): Sweeping {
  if (upload.lookAgainAt === undefined || !isPast(upload.lookAgainAt, now)) return 'leave';
  if (upload.state === 'awaiting') return 'seek';
  if (upload.state === 'held') return 'give-up';
  return isLeased(upload, now) ? 'leave' : 'enqueue';
}

export const isOverdue = (upload: StoredUpload, now: string): boolean =>
  isPast(after(upload.expiresAt, { seconds: GRACE_SECONDS }), now);
