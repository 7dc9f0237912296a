import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Outcome } from '../../functions/kernel/outcome.ts';

/** The state that a step led to, or the code with which it was refused. */
export const outcomeOf = (outcome: Outcome<Agreement, string>): string =>
  outcome.ok ? outcome.value.state : outcome.refusal.code;

/** What a step led to; fails where it was refused. */
export function valueOf(outcome: Outcome<Agreement, string>): Agreement {
  if (!outcome.ok)
    throw new Error(`refused: ${outcome.refusal.code} ${JSON.stringify(outcome.refusal.violations ?? '')}`);
  return outcome.value;
}
