import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { refuse, type Outcome } from '../../kernel/outcome.ts';
import { endOfDay } from '../../kernel/time.ts';
import { isOver } from '../../reading/agreement.ts';
import { termsOf } from '../../reading/terms.ts';
import { expire } from './steps/end.ts';
import { type Moment } from './moment.ts';
import { restore } from './steps/restore.ts';
import { hubItself } from './standing.ts';
import { suspend } from './steps/suspend.ts';

/** When a date acts on the agreement next, as an instant in UTC; undefined where none will. */
export function nextTick(agreement: Agreement, timeZone: string): string | undefined {
  if (isOver(agreement)) return undefined;
  const days = [termsOf(agreement).validTo, ...graceOf(agreement)];
  const [first] = days.flatMap((day) => endOfDay(day, timeZone) ?? []).toSorted();
  return first;
}

/** What a step can be refused for that the hub takes; of one that a date asks for, none comes about. */
type Untaken = 'not-found' | 'wrong-state' | 'already-suspended' | 'not-outdated' | 'not-suspended-by-you';

/**
 * What the dates do to an agreement today; `not-due` where that is nothing.
 * @param fitting the newest resource version, where the terms in force hold under it
 */
export function tick(
  agreement: Agreement,
  { at, today }: Moment,
  fitting?: number,
): Outcome<Agreement, 'not-due' | Untaken> {
  if (isOver(agreement)) return refuse('not-due');
  if (termsOf(agreement).validTo < today) return expire(agreement, at);
  const [graceUntil] = graceOf(agreement);
  if (graceUntil === undefined || graceUntil >= today) return refuse('not-due');
  if (fitting !== undefined) return restore(agreement, fitting, at);
  return suspend(
    agreement,
    hubItself,
    `the terms speak of an older resource version, delivered until ${graceUntil}`,
    at,
  );
}

/** The last day of grace, while the clock has not acted on it. */
const graceOf = ({ outdated, suspensions }: Agreement): string[] =>
  outdated && !suspensions.some(({ holder }) => holder === 'clock') ? [outdated.graceUntil] : [];
