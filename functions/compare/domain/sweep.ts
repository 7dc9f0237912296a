import type { ComparisonIn, StoredComparison } from '../../../schemas/stored/comparisons.ts';
import { isLeased } from '../../kernel/lease.ts';
import { isPast } from '../../kernel/time.ts';
import { patienceEnds, sendingEnds } from './look-again.ts';
import { isEnded, type Before, type Ended } from './transitions.ts';

export type Sweeping =
  /** Look for its list: the word of its arrival may have been lost. */
  | { readonly kind: 'seek'; readonly comparison: ComparisonIn<'awaiting'> }
  /** Have it run: its message, or the function that ran it, may be gone. */
  | { readonly kind: 'send'; readonly comparison: ComparisonIn<'received' | 'running'> }
  /** Nobody sent the list, allowed the run, or got to its end. */
  | { readonly kind: 'expire'; readonly comparison: Before<'expire'> }
  /** Its list is of no use any more. */
  | { readonly kind: 'tidy'; readonly comparison: Ended }
  | { readonly kind: 'leave' };

/** What the sweeper does about a comparison that the index named; the index may lag behind. */
export function sweeping(comparison: StoredComparison, now: string): Sweeping {
  if (comparison.lookAgainAt === undefined || !isPast(comparison.lookAgainAt, now)) return { kind: 'leave' };
  if (isEnded(comparison)) return { kind: 'tidy', comparison };
  if (comparison.state === 'awaiting') return { kind: 'seek', comparison };
  if (comparison.state === 'running' && isLeased(comparison, now)) return { kind: 'leave' };
  if (comparison.state === 'awaiting-approval' || isPast(patienceEnds(comparison.receivedAt), now))
    return isPast(patienceEnds(comparison.receivedAt), now) ? { kind: 'expire', comparison } : { kind: 'leave' };
  return { kind: 'send', comparison };
}

/** Its list will not come any more. */
export const isOverdue = (comparison: ComparisonIn<'awaiting'>, now: string): boolean =>
  isPast(sendingEnds(comparison), now);
