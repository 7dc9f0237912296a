import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';

/**
 * One of those asked will not provide it: what was named of its resources is named no more, and once all have declined and
 * nothing of another department is named, the demand is declined.
 */
export function decline(
  demand: StoredDemand,
  by: DepartmentId,
  reason: string,
  at: string,
): Outcome<StoredDemand, 'already-stated'> {
  if (demand.declines.some(({ department }) => department === by)) return refuse('already-stated');
  const { match, ...rest } = demand;
  const declines = [...demand.declines, { department: by, at, reason }];
  const kept = match && match.provider !== by ? match : undefined;
  const all = demand.from.every((department) => declines.some((each) => each.department === department));
  return done({
    ...rest,
    ...(kept && { match: kept }),
    state: kept ? 'matched' : all ? 'declined' : 'open',
    changedAt: at,
    declines,
  });
}
