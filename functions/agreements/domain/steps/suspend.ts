import type { Agreement, Holder } from '../../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import { record } from '../record.ts';
import { holderOf, type Acting } from '../standing.ts';
import { permit } from '../transitions.ts';

/** Nothing is delivered while anybody suspends an agreement; several may, each for a reason of its own. */
export function suspend(
  agreement: Agreement,
  by: Acting,
  reason: string,
  at: string,
  holder: Holder = holderOf(agreement, by),
): Outcome<Agreement, 'not-found' | 'wrong-state' | 'already-suspended'> {
  const permitted = permit(agreement, 'suspend', by);
  if (!permitted.ok) return permitted;
  if (agreement.suspensions.some((suspension) => suspension.holder === holder)) return refuse('already-suspended');
  return done(
    record(
      agreement,
      { at, by: by.department, action: 'suspend', holder, reason },
      {
        state: permitted.value,
        suspensions: [...agreement.suspensions, { holder, by: by.department, at, reason }],
      },
    ),
  );
}

/** Each holder lifts its own suspension only; with the last one gone the agreement is active again. */
export function resume(
  agreement: Agreement,
  by: Acting,
  reason: string,
  at: string,
  holder: Holder = holderOf(agreement, by),
): Outcome<Agreement, 'not-found' | 'wrong-state' | 'not-suspended-by-you'> {
  const permitted = permit(agreement, 'resume', by);
  if (!permitted.ok) return permitted;
  const suspensions = agreement.suspensions.filter((suspension) => suspension.holder !== holder);
  if (suspensions.length === agreement.suspensions.length) return refuse('not-suspended-by-you');
  return done(
    record(
      agreement,
      { at, by: by.department, action: 'resume', holder, reason },
      { suspensions, ...(suspensions.length === 0 && { state: permitted.value }) },
    ),
  );
}
