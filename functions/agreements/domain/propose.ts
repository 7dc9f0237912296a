import type { Agreement, Terms } from '../../../schemas/contracts/agreements.ts';
import type { AgreementId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { termsProblems } from '../../records/index.ts';
import type { Officer } from './standing.ts';
import { termsDigest } from './terms.ts';

/** Bytes of JSON: several terms versions fit into one stored agreement (DynamoDB holds 400 KB an item). */
export const MAX_TERMS_BYTES = 100_000;

/** A consumer's first word: terms on another department's resource, pinned to the version it has now. */
export function propose(
  resource: ResourceVersion,
  terms: Terms,
  by: Officer,
  agreementId: AgreementId,
  at: string,
  today: string,
): Outcome<Agreement, 'own-resource' | 'sharing-refused' | 'invalid-terms'> {
  const { resourceId, provider, definition } = resource;
  if (provider === by.department) return refuse('own-resource');
  if (definition.shareType === 'refused') return refuse('sharing-refused');
  const violations = [...termsProblems(terms, definition), ...validityProblems(terms, today), ...sizeProblems(terms)];
  if (violations.length > 0) return refuse('invalid-terms', { violations });

  const identity = {
    agreementId,
    resourceId,
    resourceVersion: resource.version,
    provider,
    consumer: by.department,
    termsVersion: 1,
  };
  const digest = termsDigest(identity, terms);
  return done({
    ...identity,
    state: 'proposed',
    termsDigest: digest,
    terms: [{ version: 1, proposedBy: by.department, proposedAt: at, digest, terms }],
    signatures: [],
    history: [{ at, by: by.department, action: 'propose', termsVersion: 1 }],
  });
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
