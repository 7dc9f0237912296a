import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { record } from './record.ts';
import { withRoom } from './room.ts';
import type { Officer } from './standing.ts';
import { permit } from './transitions.ts';

/** Words that change nothing: a question, a remark on the terms, a note on how it is carried out. */
export function comment(
  agreement: Agreement,
  by: Officer,
  text: string,
  at: string,
): Outcome<Agreement, 'not-found' | 'wrong-state' | 'negotiation-too-long'> {
  const permitted = permit(agreement, 'comment', by);
  if (!permitted.ok) return permitted;
  return withRoom(record(agreement, { at, by: by.department, action: 'comment', reason: text }));
}
