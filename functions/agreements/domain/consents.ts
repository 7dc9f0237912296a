import type { Agreement, Consent, TermsVersion } from '../../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../../schemas/contracts/derivations.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import { askedBy } from '../../reading/derivation/inheritance/problems.ts';
import { termsOf } from '../../reading/terms.ts';

/** Who has to consent to terms: whose part they give or tell something of, but for the parties, whose word is their signature. */
export function neededFor(
  terms: Terms,
  inherited: readonly InheritedTerms[],
  { provider, consumer }: Pick<Agreement, 'provider' | 'consumer'>,
): readonly DepartmentId[] {
  const fields = new Set(askedBy(terms));
  const asked = inherited.filter(({ field }) => fields.has(field)).flatMap(({ consent = [] }) => consent);
  return [...new Set(asked)].filter((department) => department !== provider && department !== consumer).toSorted();
}

export const asked = (departments: readonly DepartmentId[]): Consent[] =>
  departments.map((department) => ({ department, state: 'asked' }));

/** Whose consent there is not: not yet, or not any more. */
export const missingOf = (consents: readonly Consent[]): readonly DepartmentId[] =>
  consents.filter(({ state }) => state !== 'given').map(({ department }) => department);

/** Who has to consent to a terms version by now and does not: is not asked yet, has not answered, or objects. */
export function awaitedFor(
  agreement: Agreement,
  { version, terms }: Pick<TermsVersion, 'version' | 'terms'>,
  inherited: readonly InheritedTerms[],
): readonly DepartmentId[] {
  const stated = [agreement, agreement.amendment].find((each) => each?.termsVersion === version)?.consents ?? [];
  const given = new Set(stated.filter(({ state }) => state === 'given').map(({ department }) => department));
  return neededFor(terms, inherited, agreement).filter((department) => !given.has(department));
}

/** Once a department has said whether it consents. */
export const answered = (consents: readonly Consent[], answer: Required<Consent>): Consent[] =>
  consents.map((consent) => (consent.department === answer.department ? answer : consent));

/** Who would have to be asked by now and was not, when these terms were accepted: only other terms are put before them. */
export const unaskedProblems = (agreement: Agreement, inherited: readonly InheritedTerms[]): Violation[] =>
  neededFor(termsOf(agreement), inherited, agreement)
    .filter((needed) => agreement.consents.every(({ department }) => department !== needed))
    .map((department) => ({
      path: '/terms/fields',
      rule: 'inherited-consent',
      message: `${department} has to consent by now, and was not asked: propose the terms anew`,
    }));
