import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { negotiationOf } from '../negotiation.ts';
import { record } from '../record.ts';
import { permit } from '../transitions.ts';

/** A party takes other terms off the table; those in force stay. */
export function withdraw(
  agreement: Agreement,
  by: Officer,
  reason: string,
  at: string,
): Outcome<Agreement, 'not-found' | 'not-a-party' | 'no-amendment'> {
  const permitted = permit(agreement, 'withdraw', by);
  if (!permitted.ok) return permitted;
  const { termsVersion } = negotiationOf(agreement);
  return done(
    record(agreement, { at, by: by.department, action: 'withdraw', reason, termsVersion }, { amendment: undefined }),
  );
}
