import type { Department } from '../../../schemas/contracts/hub.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';

/**
 * Whether a department that a provider names can be the consumer of an agreement.
 *
 * @param department its entry in the registry; undefined where there is none
 * @param today `YYYY-MM-DD`, in the hub's time zone
 */
export function consumerProblems(department: Department | undefined, today: string): Violation[] {
  const path = '/consumer';
  if (!department) return [{ path, rule: 'unknown-department', message: 'the registry has no such department' }];
  const { roles, closed, successor } = department;
  if (!roles.includes('department'))
    return [{ path, rule: 'no-party', message: 'by its role in the registry it is no party to agreements' }];
  if (closed === undefined || closed > today) return [];
  const heir = successor === undefined ? '' : `; its duties are those of ${successor} now`;
  return [{ path, rule: 'closed-department', message: `it was closed on ${closed}${heir}` }];
}
