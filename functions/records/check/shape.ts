import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { Layout, type Source } from '../csv/layout.ts';
import { cellOf } from '../csv/quoting.ts';
import { missingMarker, type NameOptions, ownColumns } from '../header/columns.ts';

/** Which cells of the file's records go where. */
export interface Shape {
  /** All of the file. */
  readonly columns: readonly string[];
  /** Of the file, without the errors of a fix-file: their places, and the cells as they came. */
  readonly own: readonly number[];
  readonly ownLayout: Layout;
  /** Of the dataset. */
  readonly stored: readonly string[];
  /** How an accepted record is stored; undefined where that is as it came. */
  readonly storedLayout: Layout | undefined;
}

/** @param columns of a header that has no fault */
export function shapeOf(columns: readonly string[], options: NameOptions): Shape {
  const names = ownColumns(columns, options);
  const own = names.map((name) => columns.indexOf(name));
  const before = options.base?.columns ?? [];
  const stored = [...before, ...names.filter((name) => !before.includes(name))];
  const sources = stored.map((name): Source =>
    columns.includes(name) ? columns.indexOf(name) : missingCell(name, options.schema),
  );
  const asItCame = sources.length === columns.length && sources.every((source, i) => source === i);
  return { columns, own, ownLayout: new Layout(own), stored, storedLayout: asItCame ? undefined : new Layout(sources) };
}

/** A cell of a record whose file has no such column. */
export function missingCell(name: string, schema: TableSchema): Buffer {
  const field = schema.fields.find((candidate) => candidate.name === name);
  return Buffer.from(cellOf((field && missingMarker(field, schema)) ?? ''), 'utf8');
}
