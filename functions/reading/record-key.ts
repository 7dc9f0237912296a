import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { RecordKey } from '../../schemas/contracts/lookups.ts';
import { pointerOf, type Violation } from '../../schemas/contracts/problem.ts';
import { missingValuesOf, orderedKey, orderedText } from '../records/index.ts';

/** A key that a record can have: as it was given, and as the one ordered text by which records are found. */
export interface AskedKey {
  readonly given: RecordKey;
  readonly ordered: string;
}

/**
 * Keys that are named one behind the other, each once: those that a record can have, and what is wrong with the others, told
 * by field and rule and never by value.
 * @param place of a key in what was sent
 */
export function readKeys(
  given: readonly RecordKey[],
  fields: readonly string[],
  schema: TableSchema,
  place: (i: number) => readonly string[],
): { readonly keys: readonly AskedKey[]; readonly violations: readonly Violation[] } {
  const seen = new Set<string>();
  const keys: AskedKey[] = [];
  const violations: Violation[] = [];
  const repeated: Violation[] = [];
  for (const [i, named] of given.entries()) {
    const read = readKey(named, fields, schema, place(i));
    if ('violations' in read) {
      violations.push(...read.violations);
      continue;
    }
    if (seen.has(read.ordered))
      repeated.push({ path: pointerOf([...place(i)]), rule: 'repeated', message: 'this key is named before' });
    seen.add(read.ordered);
    keys.push(read);
  }
  return { keys, violations: [...violations, ...repeated] };
}

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
