import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { record } from '../record.ts';
import { permit } from '../transitions.ts';

/** Words that change nothing: a question, a remark on the terms, a note on how it is carried out. */
export function comment(
  agreement: Agreement,
  by: Officer,
  text: string,
  at: string,
): Outcome<Agreement, 'not-found' | 'wrong-state'> {
  const permitted = permit(agreement, 'comment', by);
  if (!permitted.ok) return permitted;
  return done(record(agreement, { at, by: by.department, action: 'comment', reason: text }));
}
