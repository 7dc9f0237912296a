import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { LookupBody } from '../../../schemas/contracts/lookups.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { LookupTerms } from '../../../schemas/contracts/terms.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { readKeys, type AskedKey } from '../../reading/record-key.ts';

/** The keys that a call asks about; what is wrong with them and with the rest is told by field and rule, never by value. */
export function askedKeys(
  body: LookupBody,
  terms: Pick<LookupTerms, 'key' | 'keys' | 'reasons'>,
  schema: TableSchema,
): Outcome<readonly AskedKey[], 'invalid-lookup'> {
  const given = body.keys ?? [body.key ?? {}];
  const place = (i: number): readonly string[] => (body.keys ? ['keys', String(i)] : ['key']);
  const read = readKeys(given, terms.key, schema, place);
  const problems = [
    ...reasonProblems(body, terms),
    ...(given.length > terms.keys
      ? [{ path: '/keys', rule: 'too-many', message: `these terms allow ${terms.keys} in one call` }]
      : []),
    ...read.violations,
  ];
  return problems.length > 0 ? refuse('invalid-lookup', { violations: problems }) : done(read.keys);
}

const reasonProblems = ({ reason }: LookupBody, { reasons }: Pick<LookupTerms, 'reasons'>): readonly Violation[] =>
  reasons.includes(reason)
    ? []
    : [{ path: '/reason', rule: 'not-agreed', message: 'give one of the reasons of the terms, word by word' }];
