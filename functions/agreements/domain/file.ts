import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { record } from './record.ts';
import type { Officer } from './standing.ts';
import { currentTerms } from './terms.ts';
import { permit } from './transitions.ts';

/** Filing by the authority makes a signed agreement active, unless its last day (`today` is the hub's) has passed. */
export function file(
  agreement: Agreement,
  by: Officer,
  filingNumber: string,
  at: string,
  today: string,
): Outcome<Agreement, 'not-found' | 'own-agreement' | 'wrong-state' | 'no-longer-valid'> {
  const permitted = permit(agreement, 'file', by);
  if (!permitted.ok) return permitted;
  if (currentTerms(agreement).terms.validTo < today) return refuse('no-longer-valid');
  return done(
    record(
      agreement,
      { at, by: by.department, action: 'file', filingNumber },
      { state: permitted.value, filingNumber },
    ),
  );
}
