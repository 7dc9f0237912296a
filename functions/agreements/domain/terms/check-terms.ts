import type { InheritedTerms } from '../../../../schemas/contracts/derivations.ts';
import type { ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../../schemas/contracts/problem.ts';
import type { ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import type { Terms } from '../../../../schemas/contracts/terms.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import { inheritedProblems } from '../../../reading/derivation/inheritance/problems.ts';
import { termsProblems } from '../../../records/index.ts';
import { securityProblems } from './security.ts';

/** Bytes of JSON: several terms versions fit into one stored agreement (DynamoDB holds 400 KB an item). */
export const MAX_TERMS_BYTES = 100_000;

/**
 * Whether a resource version can be shared under these terms, in a proposal or a counter-offer.
 *
 * @param inherited what a derived resource inherits of its sources: terms go no further
 */
export function checkTerms(
  terms: Terms,
  { definition }: ResourceVersion,
  today: string,
  inherited: readonly InheritedTerms[] = [],
): Outcome<Terms, 'sharing-refused' | 'invalid-terms'> {
  if (definition.shareType === 'refused') return refuse('sharing-refused');
  const violations = [
    ...termsProblems(terms, definition),
    ...securityProblems(terms, definition),
    ...inheritedProblems(terms, inherited),
    ...enteringProblems(terms, definition),
    ...validityProblems(terms, today),
    ...sizeProblems(terms),
  ];
  return violations.length > 0 ? refuse('invalid-terms', { violations }) : done(terms);
}

/** Of records that enter each version has others: a version left out, and the difference between two, would be theirs lost. */
function enteringProblems(terms: Terms, { derivation }: ResourceDefinition): Violation[] {
  if (derivation?.notify !== 'entering') return [];
  if (terms.mode !== 'delivery')
    return [
      {
        path: '/terms/mode',
        rule: 'entering',
        message: 'the resource has the records that enter, each once, and no register to ask: choose delivery',
      },
    ];
  return [
    ...(terms.frequency === 'on-arrival'
      ? []
      : [{ path: '/terms/frequency', rule: 'entering', message: 'each version has other records: choose on-arrival' }]),
    ...(terms.content === 'snapshot'
      ? []
      : [{ path: '/terms/content', rule: 'entering', message: 'no version edits the one before: choose snapshot' }]),
  ];
}

const validityProblems = ({ validTo }: Terms, today: string): Violation[] =>
  validTo < today
    ? [{ path: '/terms/validTo', rule: 'past', message: `the last day has passed; today is ${today}` }]
    : [];

const sizeProblems = (terms: Terms): Violation[] =>
  new TextEncoder().encode(JSON.stringify(terms)).length > MAX_TERMS_BYTES
    ? [
        {
          path: '/terms',
          rule: 'size',
          message: `terms take at most ${MAX_TERMS_BYTES} bytes of JSON; use a prefix instead of a long list of values`,
        },
      ]
    : [];
