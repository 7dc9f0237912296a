import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { record } from './record.ts';
import type { Officer } from './standing.ts';
import { currentTerms } from './terms.ts';
import { permit } from './transitions.ts';

/** Acceptance binds to one terms version: what was read is what is agreed. */
export function accept(
  agreement: Agreement,
  by: Officer,
  { termsVersion }: { readonly termsVersion: number },
  at: string,
): Outcome<Agreement, 'not-found' | 'not-a-party' | 'wrong-state' | 'terms-changed' | 'own-proposal'> {
  const permitted = permit(agreement, 'accept', by);
  if (!permitted.ok) return permitted;
  if (termsVersion !== agreement.termsVersion) return refuse('terms-changed');
  if (currentTerms(agreement).proposedBy === by.department) return refuse('own-proposal');
  return done(record(agreement, { at, by: by.department, action: 'accept' }, { state: permitted.value }));
}
