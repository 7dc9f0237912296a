import type { Field, TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { RowCounts, UploadFormat, ViolationCount } from '../../../../schemas/contracts/uploads.ts';
import type { Checked } from '../../check/contract.ts';
import { checkRecords } from '../../files/check-records.ts';
import { note, type Note } from '../draft.ts';
import type { Looked, Sample } from './look.ts';
import { keyOf, keysToTry } from './keys.ts';
import { loosened, staysWith } from './loosen.ts';

export interface Proven {
  readonly schema: TableSchema;
  readonly rows: RowCounts;
  readonly residue: readonly ViolationCount[];
  readonly notes: readonly Note[];
}

/** Every round leaves something out: a field has at most so many rules, and most come up in the first. */
const MAX_ROUNDS = 12;

/** Checks the whole file against the schema and leaves out what rejects a record, until only broken records are left. */
export async function proven(sample: Sample, first: TableSchema, looked: Looked): Promise<Proven> {
  const notes: Note[] = [];
  let schema = withKeys(first, looked);
  for (let round = 0; ; round += 1) {
    const { rows, violations } = await checked(sample, looked.format, schema);
    const residue = round > MAX_ROUNDS ? violations : violations.filter((one) => staysWith(one, schema));
    const next = round < MAX_ROUNDS ? loosened(schema, violations, notes) : plain(schema);
    if (residue.length === violations.length) return { ...named(schema, notes), rows, residue, notes };
    schema = next;
  }
}

async function checked({ open, encoding, sheet }: Sample, format: UploadFormat, schema: TableSchema): Promise<Checked> {
  const nowhere = { write: () => {} };
  const result = await checkRecords(
    open(),
    { schema, format, encoding, sheet },
    { accepted: nowhere, report: nowhere },
  );
  if (result.verdict === 'refused')
    throw new Error(`the file was read and is now refused: ${result.refusal.code}; did it change meanwhile?`);
  return result;
}

/** The key, or keys to try. */
function withKeys(schema: TableSchema, { profiles, rows }: Looked): TableSchema {
  const key = keyOf(schema.fields);
  if (key !== undefined) return { ...schema, primaryKey: [key] };
  const keys = keysToTry(schema.fields, profiles, rows);
  return keys.length > 0 ? { ...schema, uniqueKeys: keys } : schema;
}

/** The first that names every record becomes the key; the others were tries. */
function named(schema: TableSchema, notes: Note[]): { schema: TableSchema } {
  const { uniqueKeys = [], ...rest } = schema;
  if (rest.primaryKey !== undefined) return { schema: rest };
  // The first choice may have turned out not to be unique, and another field be it.
  const single = keyOf(rest.fields);
  if (single !== undefined) return { schema: { ...rest, primaryKey: [single] } };
  const required = new Set(
    rest.fields.flatMap(({ name, constraints }) => (constraints?.required === true ? [name] : [])),
  );
  const key = uniqueKeys.find((names) => names.every((name) => required.has(name)));
  if (key === undefined) {
    notes.push(
      note('/schema/primaryKey', 'no field or pair of fields names every record: state a key if there is one'),
    );
    return { schema: rest };
  }
  notes.push(note('/schema/primaryKey', `guessed: no two records have the same ${key.join(' and ')}`));
  return { schema: { ...rest, primaryKey: key } };
}

/** Texts and nothing else. */
const plain = (schema: TableSchema): TableSchema => ({
  missingValues: [''],
  fields: schema.fields.map(({ name, title, sensitivity }): Field => ({
    name,
    ...(title !== undefined && { title }),
    type: 'string',
    sensitivity,
  })),
});
