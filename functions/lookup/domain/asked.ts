import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { LookupBody, RecordKey } from '../../../schemas/contracts/lookups.ts';
import { pointerOf, type Violation } from '../../../schemas/contracts/problem.ts';
import type { LookupTerms } from '../../../schemas/contracts/terms.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { missingValuesOf, orderedKey, orderedText } from '../../records/index.ts';

/** A key that a record can have: as it was given, and as the one ordered text by which records are found. */
export interface AskedKey {
  readonly given: RecordKey;
  readonly ordered: string;
}

/** The keys that a call asks about; what is wrong with them and with the rest is told by field and rule, never by value. */
export function askedKeys(
  body: LookupBody,
  terms: Pick<LookupTerms, 'key' | 'keys' | 'reasons'>,
  schema: TableSchema,
): Outcome<readonly AskedKey[], 'invalid-lookup'> {
  const given = body.keys ?? [body.key ?? {}];
  const place = (i: number): readonly string[] => (body.keys ? ['keys', String(i)] : ['key']);
  const read = given.map((key, i) => readKey(key, terms.key, schema, place(i)));
  const violations = [
    ...reasonProblems(body, terms),
    ...(given.length > terms.keys
      ? [{ path: '/keys', rule: 'too-many', message: `these terms allow ${terms.keys} in one call` }]
      : []),
    ...read.flatMap((key) => ('violations' in key ? key.violations : [])),
  ];
  const keys = read.flatMap((key) => ('ordered' in key ? [key] : []));
  const repeated = keys.flatMap(({ ordered }, i) =>
    keys.findIndex((key) => key.ordered === ordered) < i
      ? [{ path: pointerOf([...place(i)]), rule: 'repeated', message: 'this key is asked about before' }]
      : [],
  );
  const problems = [...violations, ...repeated];
  return problems.length > 0 ? refuse('invalid-lookup', { violations: problems }) : done(keys);
}

const reasonProblems = ({ reason }: LookupBody, { reasons }: Pick<LookupTerms, 'reasons'>): readonly Violation[] =>
  reasons.includes(reason)
    ? []
    : [{ path: '/reason', rule: 'not-agreed', message: 'give one of the reasons of the terms, word by word' }];

/** One key of a resource. */
export function readKey(
  given: RecordKey,
  fields: readonly string[],
  schema: TableSchema,
  place: readonly string[],
): AskedKey | { readonly violations: readonly Violation[] } {
  const names = Object.keys(given);
  const path = pointerOf([...place]);
  if (names.length !== fields.length || !fields.every((name) => names.includes(name)))
    return { violations: [{ path, rule: 'key', message: `name exactly the fields of the key: ${fields.join(', ')}` }] };
  const read = fields.map((name) => readPart(given[name] ?? '', name, schema));
  const violations = read.flatMap((part, i) =>
    'rule' in part ? [{ path: pointerOf([...place, fields[i]!]), ...part }] : [],
  );
  if (violations.length > 0) return { violations };
  return { given, ordered: orderedKey(read.flatMap((part) => ('ordered' in part ? [part.ordered] : []))) };
}

function readPart(
  text: string,
  name: string,
  schema: TableSchema,
): { readonly ordered: string } | Pick<Violation, 'rule' | 'message'> {
  const field = schema.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error('a key names a field that the schema does not have');
  if (missingValuesOf(field, schema).includes(text)) return { rule: 'required', message: 'a key has a value here' };
  const ordered = orderedText(field)(text);
  return ordered === null ? { rule: 'type', message: `no value of the type ${field.type}` } : { ordered };
}
