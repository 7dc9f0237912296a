import type { Constraints, Field, TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { ViolationCount } from '../../../../schemas/contracts/uploads.ts';
import { ERROR_VALUES } from '../../kinds/error-values.ts';
import { note, type Note } from '../draft.ts';

/** A rule of the record as such, or a value that no type has: no definition can do without it. */
export const staysWith = ({ field, rule }: ViolationCount, { fields }: TableSchema): boolean =>
  field === '' || (rule === 'type' && fields.some(({ name, type }) => name === field && type === 'any'));

/** The schema without the rules that a file breaks; the same schema if no violation is of a field. */
export function loosened(schema: TableSchema, violations: readonly ViolationCount[], notes: Note[]): TableSchema {
  let current = schema;
  for (const violation of violations) {
    if (!staysWith(violation, schema)) current = withoutRule(current, violation, notes);
  }
  return current;
}

function withoutRule(schema: TableSchema, violation: ViolationCount, notes: Note[]): TableSchema {
  const { field, rule, count } = violation;
  const index = schema.fields.findIndex(({ name }) => name === field);
  if (index < 0 || rule === 'unique') return withoutKey(schema, field, count, notes);
  const tolerant = rule === 'type' ? withErrorsMissing(schema.fields[index], violation) : undefined;
  if (tolerant) {
    notes.push(note(`/schema/fields/${index}/missingValues`, 'errors of a spreadsheet were taken for missing values'));
    return { ...schema, fields: schema.fields.map((kept, i) => (i === index ? tolerant : kept)) };
  }
  notes.push(note(`/schema/fields/${index}`, `${rule} was left out: ${count} records of the file break it`));
  const { primaryKey, ...rest } = schema;
  const stays = primaryKey && !(rule === 'required' && primaryKey.includes(field));
  return {
    ...rest,
    ...(stays && { primaryKey }),
    fields: schema.fields.map((kept, i) => (i === index ? without(kept, rule) : kept)),
  };
}

/** Errors of a spreadsheet that nobody looked at before the check; undefined where they are no values already. */
function withErrorsMissing(field: Field | undefined, { looksLike = [] }: ViolationCount): Field | undefined {
  if (!field || looksLike.every(({ kind }) => kind !== 'spreadsheet-error')) return undefined;
  const listed = field.missingValues ?? [''];
  const missingValues = [...listed, ...[...ERROR_VALUES].filter((error) => !listed.includes(error))];
  return missingValues.length > listed.length ? { ...field, missingValues } : undefined;
}

function without(field: Field, rule: string): Field {
  const { constraints = {}, check, ...rest } = field;
  if (rule === 'type') {
    const { name, title, sensitivity, type, missingValues } = field;
    const { required } = constraints;
    return {
      name,
      ...(title !== undefined && { title }),
      // A text that is none is an object or an array, which `any` has.
      type: type === 'string' ? 'any' : 'string',
      ...(missingValues && { missingValues }),
      sensitivity,
      ...(required && { constraints: { required } }),
    };
  }
  const bound = rule === 'minimum' || rule === 'maximum';
  const kept = Object.fromEntries(
    Object.entries(constraints).filter(([name]) => name !== rule && !(bound && name.toLowerCase().endsWith(rule))),
  ) as Constraints;
  return {
    ...rest,
    ...(check !== undefined && check !== rule && { check }),
    ...(Object.keys(kept).length > 0 && { constraints: kept }),
  };
}

/** Keys are reported by the names of their parts. */
function withoutKey(schema: TableSchema, key: string, count: number, notes: Note[]): TableSchema {
  const nameOf = (names: readonly string[]): string => names.join('+');
  const isPrimary = schema.primaryKey !== undefined && nameOf(schema.primaryKey) === key;
  const uniqueKeys = (schema.uniqueKeys ?? []).filter((names) => nameOf(names) !== key);
  const single = schema.fields.findIndex(({ name, constraints }) => name === key && constraints?.unique === true);
  if (single >= 0) notes.push(note(`/schema/fields/${single}`, `unique was left out: ${count} records repeat a value`));
  const { primaryKey, uniqueKeys: _, ...rest } = schema;
  return {
    ...rest,
    ...(primaryKey && !isPrimary && { primaryKey }),
    ...(uniqueKeys.length > 0 && { uniqueKeys }),
    fields: schema.fields.map((field, i) => (i === single ? without(field, 'unique') : field)),
  };
}
