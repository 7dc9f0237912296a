import { TableSchema } from '../../../schemas/contracts/definition.ts';
import { chosenFrom, nameOf } from './choose.ts';
import { type Entry, isObject, type Json, note, type Note, textOf } from './draft.ts';
import { entryFrom, EXTENSION, titled } from './entry.ts';
import { fieldFrom } from './field-shape.ts';
import type { Outcome } from './import-outcome.ts';
import { customOf, TABLE_SCHEMA } from './odcs/custom.ts';
import { propertyToField } from './odcs/property.ts';
import { tableQuality } from './odcs/quality.ts';
import { settled } from './settle.ts';

const MAX_FIELDS = 1000;

/** An Open Data Contract Standard document, 3.0 or 3.1 (bitol-io.github.io/open-data-contract-standard). */
export function fromOdcs(document: Json, wanted: string | undefined, given: Entry): Outcome {
  const version = textOf(document['apiVersion']) ?? '';
  if (!/^v?3\./.test(version))
    return { refusal: 'unknown-version', detail: `version ${version || '(none)'} of ODCS is not 3.0 or 3.1` };
  const objects = (Array.isArray(document['schema']) ? document['schema'] : []).filter(isObject);
  const choice = chosenFrom(objects, wanted, ({ properties }) => Array.isArray(properties), 'the contract');
  if (!choice.ok) return choice.refused;
  const { table } = choice;
  const properties = Array.isArray(table['properties']) ? table['properties'].filter(isObject) : [];
  if (properties.length > MAX_FIELDS)
    return { refusal: 'too-many-fields', detail: `a resource has at most ${MAX_FIELDS} fields` };
  const notes: Note[] = [];
  const fields = properties.flatMap((property, i) => {
    const field = fieldFrom(propertyToField(property, `/schema/fields/${i}`, notes), i, notes);
    return field ? [field] : [];
  });
  if (fields.length === 0) return { refusal: 'no-fields', detail: `${nameOf(table)} has no property with a name` };
  const schema = TableSchema.parse({ fields, ...keysOf(properties, table, notes), ...ofTable(table) });
  const entry = { ...entryOf(document, table, notes), ...given };
  return settled(schema, entry, [...notes, ...aside(document)]);
}

function keysOf(properties: readonly Json[], table: Json, notes: Note[]): object {
  const position = ({ primaryKeyPosition: at }: Json): number => (typeof at === 'number' && at > 0 ? at : Infinity);
  const primaryKey = properties
    .filter(({ primaryKey: isPart, name }) => isPart === true && typeof name === 'string')
    .toSorted((a, b) => (position(a) === position(b) ? 0 : position(a) - position(b)))
    .map(({ name }) => name);
  const uniqueKeys = tableQuality(table['quality'], notes);
  return { ...(primaryKey.length > 0 && { primaryKey }), ...(uniqueKeys.length > 0 && { uniqueKeys }) };
}

/** What an export kept of the schema beside its fields. */
function ofTable(table: Json): object {
  const parsed = TableSchema.partial().safeParse(customOf(table, TABLE_SCHEMA) ?? {});
  if (!parsed.success) return {};
  const { missingValues, $schema } = parsed.data;
  return { ...(missingValues && { missingValues }), ...($schema !== undefined && { $schema }) };
}

function entryOf(document: Json, table: Json, notes: Note[]): Entry {
  const purpose = isObject(document['description']) ? textOf(document['description']['purpose']) : undefined;
  const title = textOf(table['businessName']) ?? textOf(document['name']) ?? textOf(table['name']);
  if (textOf(table['businessName']) === undefined && title !== undefined)
    notes.push(note('/title', `the table has no business name; ${JSON.stringify(title)} stands in for it`));
  const tags = Array.isArray(table['tags']) ? table['tags'] : document['tags'];
  const themes = entryFrom(Array.isArray(tags) ? { themes: tags } : {}, notes);
  const description = textOf(table['description']) ?? purpose;
  return { ...titled(title, description, notes), ...themes, ...entryFrom(customOf(table, EXTENSION), notes) };
}

/** What a contract says beside its tables is for an agreement, not for a definition. */
function aside(document: Json): Note[] {
  const stated = ['servers', 'team', 'roles', 'price', 'support', 'slaProperties', 'relationships'].filter(
    (name) => document[name] !== undefined,
  );
  return stated.length > 0 ? [note('', `left out, as no part of a definition: ${stated.join(', ')}`)] : [];
}
