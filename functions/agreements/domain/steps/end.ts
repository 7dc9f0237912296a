import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import { addDays } from '../../../kernel/time.ts';
import { termsOf } from '../../../reading/terms.ts';
import { type Moment } from '../moment.ts';
import { record } from '../record.ts';
import { hubItself, type Acting } from '../standing.ts';
import { permit } from '../transitions.ts';

/** Ends an agreement for good, from whatever state it is in. */
export function terminate(
  agreement: Agreement,
  by: Acting,
  reason: string,
  { at, today }: Moment,
): Outcome<Agreement, 'not-found' | 'wrong-state'> {
  const permitted = permit(agreement, 'terminate', by);
  if (!permitted.ok) return permitted;
  return done(
    record(
      agreement,
      { at, by: by.department, action: 'terminate', reason },
      { state: permitted.value, ...leftBehind(agreement, today) },
    ),
  );
}

/** An agreement ends by itself with the last day of its terms, however late the hub's clock gets to it. */
export function expire(agreement: Agreement, at: string): Outcome<Agreement, 'not-found' | 'wrong-state'> {
  const permitted = permit(agreement, 'expire', hubItself);
  if (!permitted.ok) return permitted;
  const firstDayAfter = addDays(termsOf(agreement).validTo, 1);
  return done(
    record(
      agreement,
      { at, by: 'hub', action: 'expire' },
      { state: permitted.value, ...leftBehind(agreement, firstDayAfter) },
    ),
  );
}

/** Nothing is negotiated, suspended or awaited any more; what may have been delivered has to be disposed of. */
function leftBehind(
  agreement: Agreement,
  end: string,
): Pick<Agreement, 'amendment' | 'suspensions' | 'outdated' | 'disposal'> {
  const { retainDays } = termsOf(agreement).duties.disposal;
  const wasEverInForce = agreement.filingNumber !== undefined;
  return {
    amendment: undefined,
    suspensions: [],
    outdated: undefined,
    ...(wasEverInForce && { disposal: { owedSince: end, due: addDays(end, retainDays) } }),
  };
}
