import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../../../schemas/contracts/derivations.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import { inheritedProblems } from '../../../reading/derivation/inheritance/problems.ts';
import type { Officer } from '../../../reading/oversight.ts';
import { versionOf } from '../../../reading/terms.ts';
import { asked, neededFor } from '../consents.ts';
import { negotiate, negotiationOf } from '../negotiation.ts';
import { permit } from '../transitions.ts';

/**
 * Acceptance binds to one terms version: what was read is what is agreed. Whoever has to consent to it is asked from then on.
 *
 * @param inherited what a derived resource inherits of its sources now: they may have become stricter since the proposal
 */
export function accept(
  agreement: Agreement,
  by: Officer,
  { termsVersion }: { readonly termsVersion: number },
  at: string,
  inherited: readonly InheritedTerms[] = [],
): Outcome<
  Agreement,
  'not-found' | 'not-a-party' | 'wrong-state' | 'terms-changed' | 'own-proposal' | 'terms-outdated'
> {
  const permitted = permit(agreement, 'accept', by);
  if (!permitted.ok) return permitted;
  const negotiation = negotiationOf(agreement);
  if (termsVersion !== negotiation.termsVersion) return refuse('terms-changed');
  const { proposedBy, terms } = versionOf(agreement, termsVersion);
  if (proposedBy === by.department) return refuse('own-proposal');
  const violations = inheritedProblems(terms, inherited);
  if (violations.length > 0) return refuse('terms-outdated', { violations });
  const entry = { at, by: by.department, action: 'accept' } as const;
  const consents = asked(neededFor(terms, inherited, agreement));
  return done(negotiate(agreement, entry, { ...negotiation, state: permitted.value, consents }));
}
