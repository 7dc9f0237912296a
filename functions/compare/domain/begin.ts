import type { ComparisonIn, StoredComparison } from '../../../schemas/stored/comparisons.ts';
import { LEASE_SECONDS, isLeased } from '../../kernel/lease.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { after } from '../../kernel/time.ts';
import { allows, type Before } from './transitions.ts';

export type Running = ComparisonIn<'running'>;

/** A run may begin, or be taken up again; a live one of another attempt is respected. */
export function mayBegin(
  comparison: StoredComparison,
  now: string,
): Outcome<Before<'begin'>, 'finished' | 'not-received' | 'leased'> {
  if (!allows('begin', comparison))
    return refuse(
      comparison.state === 'awaiting' || comparison.state === 'awaiting-approval' ? 'not-received' : 'finished',
    );
  return comparison.state === 'running' && isLeased(comparison, now) ? refuse('leased') : done(comparison);
}

/**
 * The next attempt. What its list is compared with is chosen once, with the first attempt, and held until the end: an
 * attempt that takes it up again makes the same result.
 */
export const begun = (comparison: Before<'begin'>, datasetVersion: number, now: string): Running =>
  renewed(
    {
      ...comparison,
      state: 'running',
      epoch: comparison.epoch + 1,
      startedAt: now,
      datasetVersion,
      leaseUntil: now,
      progress: undefined,
    },
    now,
  );

/** The sweeper looks when the lease is over, not before. */
export function renewed(running: Running, now: string, progress = running.progress): Running {
  const { progress: _said, ...comparison } = running;
  const until = after(now, { seconds: LEASE_SECONDS });
  return { ...comparison, ...(progress && { progress }), leaseUntil: until, lookAgainAt: until };
}

/** An attempt as its own changes name it: by its number, whatever lease it has by then. */
export const ownAttempt = ({ leaseUntil: _renewed, ...attempt }: Running) => attempt;
export type OwnAttempt = ReturnType<typeof ownAttempt>;

/** An attempt that met a fault lets go, so that the next need not wait for the lease to end. */
export const letGo = (running: Running, now: string): Running => ({ ...running, leaseUntil: now });

/** So many attempts have failed that somebody should look: nothing but chance, or a defect, makes the next one better. */
const STUCK_ATTEMPTS = 5;

export const isStuck = ({ epoch }: Pick<Running, 'epoch'>): boolean => epoch > STUCK_ATTEMPTS;
