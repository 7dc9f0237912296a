import type { ThemeId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { Theme, ThemeBody } from '../../../schemas/contracts/themes.ts';
import { findDepartment } from '../../../schemas/registry/departments.ts';
import { digestOf } from '../../kernel/digest.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import type { Officer } from '../../reading/oversight.ts';

export interface Definition {
  readonly themeId: ThemeId;
  readonly body: ThemeBody;
  readonly by: Officer;
  readonly at: string;
}

/**
 * What defining leads to; the present theme itself where it says the same. Its lead defines it, and only the authority
 * hands it to another: a lead cannot put a duty on a department that has not asked for it.
 */
export function defineTheme(
  current: Theme | undefined,
  { themeId, body, by, at }: Definition,
): Outcome<Theme, 'not-the-lead' | 'invalid-theme'> {
  const authority = by.roles.includes('authority');
  const handsOver = authority && current?.lead !== body.lead;
  if (current && by.department !== current.lead && !handsOver) return refuse('not-the-lead');
  const violations = [...leadProblems(current, body, by, authority), ...memberProblems(body)];
  if (violations.length > 0) return refuse('invalid-theme', { violations });
  const next: Theme = { themeId, ...body, definedAt: current?.definedAt ?? at, changedAt: at };
  return done(current && same(current, next) ? current : next);
}

const same = ({ changedAt: _before, ...one }: Theme, { changedAt: _after, ...other }: Theme): boolean =>
  digestOf(one) === digestOf(other);

function leadProblems(
  current: Theme | undefined,
  { lead }: ThemeBody,
  by: Officer,
  authority: boolean,
): readonly Violation[] {
  const path = '/lead';
  if (!findDepartment(lead)) return [unknown(path)];
  if (authority || lead === by.department) return [];
  return current
    ? [{ path, rule: 'handed-over', message: 'the authority hands a theme over to another lead' }]
    : [{ path, rule: 'not-the-caller', message: 'who defines a theme leads it' }];
}

const memberProblems = ({ members }: ThemeBody): readonly Violation[] =>
  members.flatMap((department, index) => {
    const path = `/members/${index}`;
    if (!findDepartment(department)) return [unknown(path)];
    return members.indexOf(department) < index
      ? [{ path, rule: 'repeated-department', message: 'name each department once' }]
      : [];
  });

const unknown = (path: string): Violation => ({
  path,
  rule: 'unknown-department',
  message: 'the registry has no such department',
});
