import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { versionOf } from '../../../reading/terms.ts';
import { negotiate, negotiationOf } from '../negotiation.ts';
import { permit } from '../transitions.ts';

/** Acceptance binds to one terms version: what was read is what is agreed. */
export function accept(
  agreement: Agreement,
  by: Officer,
  { termsVersion }: { readonly termsVersion: number },
  at: string,
): Outcome<Agreement, 'not-found' | 'not-a-party' | 'wrong-state' | 'terms-changed' | 'own-proposal'> {
  const permitted = permit(agreement, 'accept', by);
  if (!permitted.ok) return permitted;
  const negotiation = negotiationOf(agreement);
  if (termsVersion !== negotiation.termsVersion) return refuse('terms-changed');
  if (versionOf(agreement, termsVersion).proposedBy === by.department) return refuse('own-proposal');
  const entry = { at, by: by.department, action: 'accept' } as const;
  return done(negotiate(agreement, entry, { ...negotiation, state: permitted.value }));
}
