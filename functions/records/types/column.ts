import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { LogicalType } from './logical-type.ts';
import { type Rule, rulesOf } from './rules.ts';
import { logicalTypeOf } from './type-of.ts';

/** A field, made ready for the cells of its column. */
export interface Column {
  readonly name: string;
  readonly field: Field;
  readonly type: LogicalType;
  readonly missing: ReadonlySet<string>;
  readonly required: boolean;
  readonly masked: boolean;
  readonly rules: readonly Rule[];
  /** Rules that only warn. */
  readonly warnings: ReadonlySet<string>;
}

/** The field's own list replaces the schema's (Table Schema v2, field `missingValues`). */
export const missingValuesOf = (field: Field, schema: TableSchema): string[] =>
  (field.missingValues ?? schema.missingValues).map((entry) => (typeof entry === 'string' ? entry : entry.value));

/** Whether some rule of the schema only warns. */
export const hasWarnings = ({ fields }: TableSchema): boolean => fields.some((field) => warningsOf(field).size > 0);

/** Required by constraint, or as a part of the primary key. */
export const isRequired = (field: Field, schema: TableSchema): boolean =>
  field.constraints?.required === true || (schema.primaryKey?.includes(field.name) ?? false);

/** Rules of a field that are reported and reject nothing. */
const warningsOf = ({ severity = {} }: Field): Set<string> =>
  new Set(Object.entries(severity).flatMap(([rule, is]) => (is === 'warning' ? [rule] : [])));

/** @throws if the definition is one that `definitionProblems` refuses. */
export function columnOf(field: Field, schema: TableSchema): Column {
  const type = logicalTypeOf(field);
  if (!type) throw new Error(`the type ${field.type} has no such format; definitionProblems tells`);
  return {
    name: field.name,
    field,
    type,
    missing: new Set(missingValuesOf(field, schema)),
    required: isRequired(field, schema),
    masked: field.sensitivity === 'personal' || field.sensitivity === 'sensitive',
    rules: rulesOf(field, type),
    warnings: warningsOf(field),
  };
}

/**
 * What a cell came to: nothing there, or the rules that it breaks, or its logical value. A broken one has a value if it is
 * there and of the type: where all of its rules only warn, it is accepted with it.
 */
export type Cell =
  | { readonly kind: 'missing' }
  | { readonly kind: 'broken'; readonly rules: readonly string[]; readonly value?: unknown }
  | { readonly kind: 'good'; readonly value: unknown };

const MISSING: Cell = { kind: 'missing' };
const MISSING_THOUGH_REQUIRED: Cell = { kind: 'broken', rules: ['required'] };
const NOT_OF_TYPE: Cell = { kind: 'broken', rules: ['type'] };

/** A missing value silences all rules but `required`, a wrong type all others. */
export function judge(column: Column, text: string): Cell {
  if (column.missing.has(text)) return column.required ? MISSING_THOUGH_REQUIRED : MISSING;
  const value = column.type.read(text);
  if (value === undefined) return NOT_OF_TYPE;
  let broken: string[] | undefined;
  for (const { name, holds } of column.rules) if (!holds(text, value)) (broken ??= []).push(name);
  return broken ? { kind: 'broken', rules: broken, value } : { kind: 'good', value };
}

/** The logical value of a cell of an accepted record; undefined where it is missing. */
export const valueOf = (cell: Cell): unknown => (cell.kind === 'missing' ? undefined : cell.value);
