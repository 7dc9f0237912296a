import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import { record } from '../record.ts';
import { hubItself } from '../standing.ts';
import { resume } from './suspend.ts';
import { permit } from '../transitions.ts';

/**
 * A still newer resource version gives again what the terms in force speak of: nothing has to be amended any more, and
 * what the clock holds it lifts.
 */
export function restore(
  agreement: Agreement,
  resourceVersion: number,
  at: string,
): Outcome<Agreement, 'not-found' | 'wrong-state' | 'not-outdated' | 'not-suspended-by-you'> {
  const permitted = permit(agreement, 'restore', hubItself);
  if (!permitted.ok) return permitted;
  if (!agreement.outdated) return refuse('not-outdated');
  const entry = { at, by: 'hub', action: 'restore', resourceVersion } as const;
  const restored = record(agreement, entry, { outdated: undefined });
  return restored.suspensions.some(({ holder }) => holder === 'clock')
    ? resume(restored, hubItself, `the terms hold again under resource version ${resourceVersion}`, at)
    : done(restored);
}
