import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { refuse, type Outcome } from '../../kernel/outcome.ts';
import { expire } from './end.ts';
import { endOf, type Moment } from './moment.ts';
import { phaseOf } from './phase.ts';
import { hubItself } from './standing.ts';
import { suspend } from './suspend.ts';
import { currentTerms } from './terms.ts';

/** When a date acts on the agreement next, as an instant in UTC; undefined where none will. */
export function nextTick(agreement: Agreement, zone: string): string | undefined {
  if (phaseOf(agreement) === 'over') return undefined;
  const days = [currentTerms(agreement).terms.validTo, ...graceOf(agreement)];
  const [first] = days.flatMap((day) => endOf(day, zone) ?? []).toSorted();
  return first;
}

/** What the dates do to an agreement today; `not-due` where that is nothing. */
export function tick(
  agreement: Agreement,
  { at, today }: Moment,
): Outcome<Agreement, 'not-due' | 'not-found' | 'wrong-state' | 'already-suspended' | 'negotiation-too-long'> {
  if (phaseOf(agreement) === 'over') return refuse('not-due');
  if (currentTerms(agreement).terms.validTo < today) return expire(agreement, at);
  const [graceUntil] = graceOf(agreement);
  if (graceUntil === undefined || graceUntil >= today) return refuse('not-due');
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
