import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { DeprecateBody, Deprecation, Retirement } from '../../../schemas/contracts/resources.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import type { Standing } from './standing.ts';

/** Who ends a resource: a department, which must be its provider, or the hub. */
export type Ending = DepartmentId | 'hub';

interface Deprecating {
  readonly by: DepartmentId;
  readonly at: string;
  /** In the hub's time zone. */
  readonly today: string;
  /** What `replacedBy` names, where the catalog has it. */
  readonly replacement: Standing | undefined;
}

/** A deprecation can be stated anew, with another day, until the resource is retired. */
export function deprecate(
  standing: Standing,
  body: DeprecateBody,
  { by, at, today, replacement }: Deprecating,
): Outcome<Deprecation, 'not-the-provider' | 'resource-retired' | 'invalid-deprecation'> {
  const permitted = mayEnd(standing, by);
  if (!permitted.ok) return permitted;
  const violations = [
    ...dayProblems(body.retireOn, today),
    ...replacementProblems(standing.latest.resourceId, body.replacedBy, replacement),
  ];
  return violations.length > 0 ? refuse('invalid-deprecation', { violations }) : done({ ...body, at, by });
}

/** With or without a deprecation before; what that named as its replacement stays named. */
export function retire(
  standing: Standing,
  reason: string,
  by: Ending,
): Outcome<Retirement, 'not-the-provider' | 'resource-retired'> {
  const permitted = mayEnd(standing, by);
  if (!permitted.ok) return permitted;
  const replacedBy = standing.deprecation?.replacedBy;
  return done({ reason, by, ...(replacedBy !== undefined && { replacedBy }) });
}

function mayEnd(
  { latest, retiredAt }: Standing,
  by: Ending,
): Outcome<undefined, 'not-the-provider' | 'resource-retired'> {
  if (by !== 'hub' && by !== latest.provider) return refuse('not-the-provider');
  return retiredAt === undefined ? done(undefined) : refuse('resource-retired');
}

const dayProblems = (retireOn: string, today: string): Violation[] =>
  retireOn > today
    ? []
    : [
        {
          path: '/retireOn',
          rule: 'past',
          message: `today is ${today}: name a day after it, or retire the resource at once`,
        },
      ];

function replacementProblems(
  resourceId: ResourceId,
  replacedBy: ResourceId | undefined,
  replacement: Standing | undefined,
): Violation[] {
  const path = '/replacedBy';
  if (replacedBy === undefined) return [];
  if (replacedBy === resourceId) return [{ path, rule: 'itself', message: 'a resource does not replace itself' }];
  if (!replacement) return [{ path, rule: 'unknown-resource', message: 'the catalog has no resource with this id' }];
  return replacement.retiredAt === undefined
    ? []
    : [{ path, rule: 'retired', message: 'this resource is retired itself' }];
}
