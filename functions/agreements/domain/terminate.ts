import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import { record } from './record.ts';
import type { Officer } from './standing.ts';
import { permit } from './transitions.ts';

/** Ends an agreement for good, from whatever state it is in. */
export function terminate(
  agreement: Agreement,
  by: Officer,
  reason: string,
  at: string,
): Outcome<Agreement, 'not-found' | 'wrong-state'> {
  const permitted = permit(agreement, 'terminate', by);
  if (!permitted.ok) return permitted;
  return done(record(agreement, { at, by: by.department, action: 'terminate', reason }, { state: permitted.value }));
}
