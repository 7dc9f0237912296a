import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { HeaderFindings } from '../../../schemas/contracts/uploads.ts';
import { OP_COLUMN } from './op.ts';
import { isRequired } from '../types/column.ts';
import { closest, containing, MAX_COMPARED } from './closest.ts';
import { missingMarker, type NameOptions, ownColumns } from './columns.ts';

export type { NameOptions } from './columns.ts';

/** Names that a list shows. */
export const MAX_LISTED = 20;
const MAX_NEEDED = 50;
const DELIMITERS = ['\t', ';', '|', '，', '；'];

interface Names {
  readonly columns: readonly string[];
  readonly known: readonly string[];
  readonly free: readonly Field[];
}

/** What is wrong with the names of a header; undefined if nothing is. Names are cut to a length that a person reads. */
export function nameFindings(all: readonly string[], options: NameOptions): HeaderFindings | undefined {
  const { schema, changes } = options;
  const columns = ownColumns(all, options);
  const known = schema.fields.map(({ name }) => name);
  const names: Names = { columns, known, free: schema.fields.filter(({ name }) => !columns.includes(name)) };
  const unknown = columns.filter((column) => !known.includes(column));
  const repeated = [
    ...new Set(
      all.filter((column, i) => all.indexOf(column) < i && (known.includes(column) || !columns.includes(column))),
    ),
  ];
  const withoutOp = changes === true && !all.includes(OP_COLUMN);
  const missing = [...(withoutOp ? [OP_COLUMN] : []), ...missingNames(columns, options)];
  const outside = outsideNames(columns, options);
  if (unknown.length + repeated.length + missing.length + outside.length === 0) return undefined;
  const delimiter = delimiterOf(columns, known);
  const secret = delimiter === undefined && looksLikeRecord(names, schema);
  return {
    missing: listed(missing),
    unknown: secret ? [] : listed(unknown),
    repeated: listed(repeated),
    renames: secret ? [] : renamesOf(unknown, names.free),
    ...(outside.length > 0 ? { notInDataset: listed(outside) } : {}),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(namesNothing(names) && delimiter === undefined ? { noHeader: true as const } : {}),
    found: secret ? [] : listed(changes === true ? all : columns),
    needed: [
      ...(changes === true ? [{ name: OP_COLUMN, required: true }] : []),
      ...schema.fields.slice(0, MAX_NEEDED).map((field) => ({ name: field.name, required: isRequired(field, schema) })),
    ],
  };
}

export const shortened = (name: string): string =>
  name.length > MAX_COMPARED ? `${Array.from(name).slice(0, MAX_COMPARED).join('')}…` : name;
const listed = (names: readonly string[]): string[] => names.slice(0, MAX_LISTED).map(shortened);

/** A dataset that has the column wants it of every record, where there is no sign for "nothing". */
function missingNames(columns: readonly string[], { schema, base }: NameOptions): string[] {
  const needed = schema.fields.filter(
    (field) =>
      isRequired(field, schema) ||
      (base?.columns.includes(field.name) === true && missingMarker(field, schema) === undefined),
  );
  const missing = needed.map(({ name }) => name).filter((name) => !columns.includes(name));
  return columns.length === 0 && missing.length === 0 ? schema.fields.slice(0, 1).map(({ name }) => name) : missing;
}

/**
 * Records of the base have nothing to say about a column that only the file has: edits bring it in where a missing value
 * can be written, mended records never.
 */
function outsideNames(columns: readonly string[], { schema, base, changes }: NameOptions): string[] {
  if (!base) return [];
  const barred = schema.fields.filter((field) => changes !== true || missingMarker(field, schema) === undefined);
  return columns.filter((column) => !base.columns.includes(column) && barred.some(({ name }) => name === column));
}

/** Each field once: two columns cannot both become it. */
function renamesOf(unknown: readonly string[], free: readonly Field[]): { from: string; to: string }[] {
  const left = [...free];
  return unknown.slice(0, MAX_LISTED).flatMap((from) => {
    const to = closest(from, left) ?? containing(from, left);
    if (to === undefined) return [];
    left.splice(
      left.findIndex(({ name }) => name === to),
      1,
    );
    return [{ from: shortened(from), to }];
  });
}

/** A line of one cell that has names of fields in it, once it is cut at another character than the comma. */
function delimiterOf(columns: readonly string[], known: readonly string[]): string | undefined {
  const [only] = columns;
  if (only === undefined || columns.length > 1) return undefined;
  return DELIMITERS.find((delimiter) => only.split(delimiter).filter((part) => known.includes(part.trim())).length > 1);
}

const namesNothing = ({ columns, known, free }: Names): boolean =>
  !columns.some((column) => known.includes(column)) &&
  columns.slice(0, MAX_LISTED).every((column) => closest(column, free) === undefined);

/** A first line without any known name may be a record: values that may be a person's do not go into a message. */
const looksLikeRecord = (names: Names, { fields }: TableSchema): boolean =>
  fields.some(({ sensitivity }) => sensitivity === 'personal' || sensitivity === 'sensitive') && namesNothing(names);
