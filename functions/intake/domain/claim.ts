import type { StoredUpload, UploadIn } from '../../../schemas/stored/uploads.ts';
import { LEASE_SECONDS, isLeased } from '../../kernel/lease.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { after } from '../../kernel/time.ts';

/** An upload that is being checked, by the attempt that its epoch counts. */
export type Claimed = UploadIn<'checking'>;

export type NoClaim = 'finished' | 'leased' | 'undecided' | 'not-received';

/** The next attempt to check takes the lease; a live one of another attempt is respected. */
export function claim(upload: StoredUpload, now: string): Outcome<Claimed, NoClaim> {
  switch (upload.state) {
    case 'accepted':
    case 'refused':
      return refuse('finished');
    case 'awaiting':
      return refuse('not-received');
    case 'held':
      return refuse('undecided');
    case 'checking':
      if (isLeased(upload, now)) return refuse('leased');
      break;
    case 'received':
      break;
  }
  return done(renewed({ ...upload, epoch: upload.epoch + 1 }, now));
}

/** So many attempts have failed that somebody should look: nothing but chance, or a defect, makes the next one better. */
const STUCK_ATTEMPTS = 5;

export const isStuck = ({ epoch }: Pick<Claimed, 'epoch'>): boolean => epoch > STUCK_ATTEMPTS;

/** The sweeper looks when the lease is over, not before. */
export const renewed = (upload: UploadIn<'received' | 'checking'>, now: string): Claimed => ({
  ...upload,
  state: 'checking',
  leaseUntil: after(now, { seconds: LEASE_SECONDS }),
  lookAgainAt: after(now, { seconds: LEASE_SECONDS }),
});

/** An attempt that found its order or its base overtaken: no fault; the upload waits for its turn again. */
export function setBack({ leaseUntil: _lease, ...upload }: Claimed, now: string): UploadIn<'received'> {
  return { ...upload, state: 'received', lookAgainAt: after(now, { seconds: LEASE_SECONDS }) };
}

/** An attempt that met a fault lets go, so that the next need not wait for the lease to end. */
export const released = (upload: Claimed, now: string): Claimed => ({
  ...upload,
  leaseUntil: now,
  lookAgainAt: after(now, { seconds: LEASE_SECONDS }),
});
