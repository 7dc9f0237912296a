import type { StoredUpload, UploadIn } from '../../../schemas/stored/uploads.ts';
import { isLeased } from '../../kernel/lease.ts';
import { after, isPast } from '../../kernel/time.ts';
import type { Ended } from './ended.ts';

/** A PUT that began before its URL expired may still be on its way: 5 GiB over a 2 Mbit/s line take 6 hours. */
const GRACE_SECONDS = 6 * 3600;

export type Sweeping =
  /** Look for its object: the word of its arrival may have been lost. */
  | { readonly kind: 'seek'; readonly upload: UploadIn<'awaiting'> }
  /** Nobody decided on it. */
  | { readonly kind: 'give-up'; readonly upload: UploadIn<'held'> }
  /** Have it checked, profiled or tidied after: its message, or the function that worked on it, may be gone. */
  | { readonly kind: 'enqueue'; readonly upload: UploadIn<'received' | 'checking'> | Ended }
  /** Somebody works on it, or its time has not come. */
  | { readonly kind: 'leave' };

/** What the sweeper does about an upload that the index named; the index may lag behind. */
export function sweeping(upload: StoredUpload, now: string): Sweeping {
  if (upload.lookAgainAt === undefined || !isPast(upload.lookAgainAt, now)) return { kind: 'leave' };
  if (upload.state === 'awaiting') return { kind: 'seek', upload };
  if (upload.state === 'held') return { kind: 'give-up', upload };
  const isWorkedOn = 'leaseUntil' in upload && isLeased(upload, now);
  return isWorkedOn ? { kind: 'leave' } : { kind: 'enqueue', upload };
}

export const isOverdue = (upload: UploadIn<'awaiting'>, now: string): boolean =>
  isPast(after(upload.expiresAt, { seconds: GRACE_SECONDS }), now);
