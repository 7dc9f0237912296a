import type { DecideComparisonBody } from '../../../schemas/contracts/comparisons.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { ComparisonIn, StoredComparison } from '../../../schemas/stored/comparisons.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { refused } from './end.ts';
import { lookAfter } from './look-again.ts';
import { allows } from './transitions.ts';

/** The provider allows a run, or does not. */
export function decided(
  comparison: StoredComparison,
  by: DepartmentId,
  { decision, reason }: DecideComparisonBody,
  at: string,
): Outcome<ComparisonIn<'received' | 'refused'>, 'not-the-provider' | 'wrong-state'> {
  if (by !== comparison.provider) return refuse('not-the-provider');
  if (!allows('approve', comparison)) return refuse('wrong-state');
  if (decision === 'decline')
    return done(refused(comparison, { code: 'declined', ...(reason !== undefined && { detail: reason }) }, at));
  const { expiresAt: _asked, ...allowed } = comparison;
  return done({ ...allowed, state: 'received', approvedAt: at, lookAgainAt: lookAfter(at, at) });
}
