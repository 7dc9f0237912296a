import { type Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Entry, Json, Note } from './draft.ts';
import { isObject, note, quoted } from './draft.ts';
import { fieldFrom } from './field-shape.ts';
import type { Outcome } from './import-outcome.ts';
import { settled } from './settle.ts';

/**
 * Frictionless Table Schema, v1 (specs.frictionlessdata.io/table-schema) and v2 (datapackage.org/standard/table-schema):
 * the names are the same, but for types and for `primaryKey` and `missingValues`, which v2 made stricter.
 */
export function fromTableSchema(document: Json, entry: Entry, before: readonly Note[] = []): Outcome {
  const notes = [...before];
  const stated = document['fields'];
  if (!Array.isArray(stated)) return { refusal: 'no-fields', detail: 'a Table Schema has a list called fields' };
  if (stated.length > MAX_FIELDS)
    return { refusal: 'too-many-fields', detail: `a resource has at most ${MAX_FIELDS} fields` };
  const fields = fieldsFrom(stated, notes);
  if (fields.length === 0) return { refusal: 'no-fields', detail: 'the schema has no field with a name' };
  const schema = TableSchema.parse({ fields, ...ofSchema(document, notes) });
  if (fields.every(({ sensitivity }) => sensitivity === 'internal') && !stated.some(saysSensitivity))
    notes.push(note('/schema/fields', 'no field states its sensitivity: all are internal until you say otherwise'));
  return settled(schema, entry, notes);
}

const MAX_FIELDS = 1000;
/** Says nothing but that this is a Table Schema v2. */
export const TABLE_SCHEMA_PROFILE = 'https://datapackage.org/profiles/2.0/tableschema.json';

const saysSensitivity = (field: unknown): boolean => isObject(field) && field['sensitivity'] !== undefined;

/** A name that is left out would move the places of the others: notes count the fields that stay. */
function fieldsFrom(stated: readonly unknown[], notes: Note[]): Field[] {
  const fields: Field[] = [];
  for (const raw of stated) {
    const field = fieldFrom(isObject(raw) ? raw : typeof raw === 'string' ? { name: raw } : {}, fields.length, notes);
    if (field) fields.push(field);
  }
  return fields;
}

const KNOWN = new Set(['$schema', 'fields', 'primaryKey', 'uniqueKeys', 'missingValues', 'fieldsMatch', 'foreignKeys']);

function ofSchema(document: Json, notes: Note[]): object {
  const members = (['$schema', 'primaryKey', 'uniqueKeys', 'missingValues'] as const).flatMap((name) => {
    const value = document[name];
    if (value === undefined || value === null || isEmptyKey(name, value) || value === TABLE_SCHEMA_PROFILE) return [];
    const parsed = TableSchema.shape[name].safeParse(value);
    if (parsed.success) return [[name, parsed.data] as const];
    notes.push(note(`/schema/${name}`, `left out: ${quoted(value)} is no value for ${name}`));
    return [];
  });
  const { fieldsMatch, foreignKeys } = document;
  if (foreignKeys !== undefined)
    notes.push(note('/schema/foreignKeys', 'left out: the hub checks a file by itself, not against other resources'));
  if (fieldsMatch !== undefined && !(Array.isArray(fieldsMatch) && fieldsMatch[0] === 'superset'))
    notes.push(note('/schema/fieldsMatch', FIELDS_MATCH));
  const unknown = Object.keys(document).filter((name) => !KNOWN.has(name));
  if (unknown.length > 0)
    notes.push(note('/schema', `left out, as the hub has no such property: ${unknown.join(', ')}`));
  return Object.fromEntries(members);
}

/** v1 wrote an empty list or text for a table without a key. */
const isEmptyKey = (name: string, value: unknown): boolean =>
  name !== 'missingValues' && (value === '' || (Array.isArray(value) && value.length === 0));

const FIELDS_MATCH =
  'left out: the columns of a file may stand in any order, optional ones may be absent, and others are refused';
