import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';

/** A field of the resource, and which column of the list has its values. */
export interface ListedField {
  readonly field: Field;
  readonly index: number;
}

/** What the list's names are wrong in: data of a person are in none of these. */
export type ColumnsFault =
  | { readonly fault: 'unknown-field'; readonly field: string }
  | { readonly fault: 'no-column'; readonly field: string; readonly column: string }
  | { readonly fault: 'repeated'; readonly column: string };

/**
 * Finds the fields' columns. A column that is missing is told before one that stands twice: where none is missing, the first
 * line is a header and no record of a person.
 * @param columns of the list, as its header names them
 * @param names what the list calls a field, by field
 */
export function listedFields(
  columns: readonly string[],
  fields: readonly string[],
  names: Readonly<Record<string, string>>,
  schema: TableSchema,
): ListedField[] | ColumnsFault {
  const stranger = Object.keys(names).find((name) => !fields.includes(name));
  if (stranger !== undefined) return { fault: 'unknown-field', field: stranger };
  const listed: ListedField[] = [];
  for (const name of fields) {
    const field = schema.fields.find((candidate) => candidate.name === name);
    if (!field) throw new Error('the terms name a field that the definition has not');
    const column = (Object.hasOwn(names, name) ? names[name] : undefined) ?? name;
    const index = columns.indexOf(column);
    if (index < 0) return { fault: 'no-column', field: name, column };
    listed.push({ field, index });
  }
  const repeated = columns.find((column, i) => columns.indexOf(column) < i);
  return repeated === undefined ? listed : { fault: 'repeated', column: repeated };
}

/** How values of the list that are no text in their own file stand in text: as the fields' types read them. */
export function formsSchema(
  columns: readonly string[],
  fields: readonly ListedField[],
  schema: TableSchema,
): TableSchema {
  return {
    fields: columns.map((name, index) => {
      const field = fields.find((listed) => listed.index === index)?.field;
      return field ? { ...withoutRules(field, schema), name } : anything(name);
    }),
    missingValues: [''],
  };
}

/** Every text is a value. */
export const textSchema = (columns: readonly string[]): TableSchema => ({
  fields: columns.map(anything),
  missingValues: [],
});

const anything = (name: string): Field => ({ name, type: 'any', sensitivity: 'internal' });

/** A list is held to types alone. Where a field has no sign for "nothing", null is an empty text. */
function withoutRules(field: Field, schema: TableSchema): Field {
  const missing = field.missingValues ?? schema.missingValues;
  return {
    ...field,
    constraints: undefined,
    severity: undefined,
    check: undefined,
    missingValues: missing.length > 0 ? missing : [''],
  };
}
