import type { ComparisonRefusal } from '../../../schemas/contracts/comparisons.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { ComparisonIn, StoredComparison } from '../../../schemas/stored/comparisons.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { allows, type Before } from './transitions.ts';

/**
 * What is left of a comparison without a result: all but what tells how far it was, and the key of a blind one. Its list is to be
 * removed.
 */
function ending(comparison: Before<'expire'>) {
  const {
    state: _state,
    lookAgainAt: _mark,
    expiresAt: _expiry,
    approvedAt: _approval,
    startedAt: _start,
    leaseUntil: _lease,
    datasetVersion: _comparedWith,
    progress: _progress,
    sealedKey: _key,
    ...kept
  } = { ...notYet, ...comparison };
  return kept;
}

/** Members that not every state has. */
const notYet = {
  expiresAt: undefined,
  approvedAt: undefined,
  startedAt: undefined,
  leaseUntil: undefined,
  datasetVersion: undefined,
  progress: undefined,
  sealedKey: undefined,
};

export const refused = (
  comparison: Before<'refuse' | 'decline'>,
  refusal: ComparisonRefusal,
  at: string,
): ComparisonIn<'refused'> => ({ ...ending(comparison), state: 'refused', refusal, finishedAt: at, lookAgainAt: at });

export const expired = (comparison: Before<'expire'>, at: string): ComparisonIn<'expired'> => ({
  ...ending(comparison),
  state: 'expired',
  finishedAt: at,
  lookAgainAt: at,
});

/** Its consumer takes it back; a run that is under way ends without a result. */
export function cancelled(
  comparison: StoredComparison,
  by: DepartmentId,
  at: string,
): Outcome<ComparisonIn<'cancelled'>, 'not-the-consumer' | 'wrong-state'> {
  if (by !== comparison.consumer) return refuse('not-the-consumer');
  if (!allows('cancel', comparison)) return refuse('wrong-state');
  return done({ ...ending(comparison), state: 'cancelled', finishedAt: at, lookAgainAt: at });
}
