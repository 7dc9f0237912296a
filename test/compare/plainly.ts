import type { Field, TableSchema } from '../../schemas/contracts/definition.ts';
import type { Condition } from '../../schemas/contracts/terms.ts';
import type { ComparedTerms, ListCounts } from '../../functions/compare/ports.ts';
import { masked } from '../../functions/records/index.ts';
import { missingValuesOf } from '../../functions/records/types/column.ts';
import { literalOf } from '../../functions/records/types/literal.ts';
import { logicalTypeOf } from '../../functions/records/types/type-of.ts';
import type { Record } from './represented.ts';

export interface Plain {
  readonly schema: TableSchema;
  readonly terms: ComparedTerms;
  readonly resource: readonly Record[];
  readonly list: { readonly columns: readonly string[]; readonly rows: readonly Record[] };
}

/** A row of a list and what it came to. */
export interface Judged {
  readonly row: Record;
  readonly result: keyof ListCounts;
  readonly differs: readonly string[];
  readonly granted: readonly string[];
}

/** The comparison as one would write it down: by logical values, row by row, without a table or an ordered text. */
export function judgedPlainly({ schema, terms, resource, list }: Plain): Judged[] {
  const fields = [...terms.key, ...terms.compare];
  const seen = new Set<string>();
  const within = resource.filter((record) => terms.filter.every((condition) => fulfils(condition, record, schema)));
  const valueIn = (record: Record, name: string) =>
    valueOf(record[place(schema, name)] ?? '', fieldOf(schema, name), schema);
  return list.rows.map((row) => {
    const values = new Map(
      fields.map((name) => [name, valueOf(row[list.columns.indexOf(name)] ?? '', fieldOf(schema, name), schema)]),
    );
    const judged = (result: Judged['result'], more: Partial<Judged> = {}): Judged => ({
      row,
      result,
      differs: [],
      granted: terms.fields.map(() => ''),
      ...more,
    });
    if ([...values.values()].includes(INVALID) || terms.key.some((name) => values.get(name) === MISSING))
      return judged('invalid');
    const key = JSON.stringify(terms.key.map((name) => values.get(name)));
    if (seen.has(key)) return judged('repeated');
    seen.add(key);
    const found = within.filter((record) => terms.key.every((name) => valueIn(record, name) === values.get(name)));
    const [first] = found;
    if (!first) return judged('absent');
    const differs = (record: Record) => terms.compare.filter((name) => valueIn(record, name) !== values.get(name));
    const match = found.find((record) => differs(record).length === 0);
    if (!match) return judged('mismatch', { differs: differs(first) });
    return judged('match', { granted: grantedOf(match, terms, schema) });
  });
}

/** Granted fields of the records that are not on the list. */
export function missingPlainly(plain: Plain): string[][] {
  const { schema, terms, resource, list } = plain;
  const valueIn = (record: Record, name: string) =>
    valueOf(record[place(schema, name)] ?? '', fieldOf(schema, name), schema);
  const rows = judgedPlainly(plain).filter(({ result }) => result !== 'invalid');
  const keys = new Set(
    rows.map(({ row }) =>
      JSON.stringify(
        terms.key.map((name) => valueOf(row[list.columns.indexOf(name)] ?? '', fieldOf(schema, name), schema)),
      ),
    ),
  );
  return resource
    .filter((record) => terms.filter.every((condition) => fulfils(condition, record, schema)))
    .filter((record) => {
      const key = terms.key.map((name) => valueIn(record, name));
      return key.includes(MISSING) || !keys.has(JSON.stringify(key));
    })
    .map((record) => grantedOf(record, terms, schema));
}

const MISSING = 'missing';
const INVALID = 'invalid';

/** The canonical text of a value behind an equals sign, so that no value looks like one that is not there. */
function valueOf(text: string, field: Field, schema: TableSchema): string {
  if (missingValuesOf(field, schema).includes(text)) return MISSING;
  const type = logicalTypeOf(field)!;
  const value = type.read(text);
  return value === undefined ? INVALID : `=${type.canonical(value)}`;
}

function grantedOf(record: Record, { fields, mask }: ComparedTerms, schema: TableSchema): string[] {
  return fields.map((name) => {
    const text = record[place(schema, name)] ?? '';
    if (missingValuesOf(fieldOf(schema, name), schema).includes(text)) return '';
    const by = mask[name];
    return by ? masked(by, text) : text;
  });
}

function fulfils(condition: Condition, record: Record, schema: TableSchema): boolean {
  const field = fieldOf(schema, condition.field);
  const text = record[place(schema, condition.field)] ?? '';
  if (missingValuesOf(field, schema).includes(text)) return false;
  const type = logicalTypeOf(field)!;
  const value = type.read(text);
  if (condition.op === 'prefix') return text.startsWith(condition.value);
  if (condition.op === 'min') return type.compare!(value, literalOf(field, type, condition.value)) >= 0;
  if (condition.op === 'max') return type.compare!(value, literalOf(field, type, condition.value)) <= 0;
  const stated: unknown[] = condition.op === 'eq' ? [condition.value] : condition.value;
  return stated.some((one) => type.canonical(literalOf(field, type, one)) === type.canonical(value));
}

const fieldOf = (schema: TableSchema, name: string): Field => schema.fields.find((field) => field.name === name)!;
const place = (schema: TableSchema, name: string): number => schema.fields.findIndex((field) => field.name === name);
