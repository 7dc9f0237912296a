import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { errorsColumn } from './errors-column.ts';
import { OP_COLUMN } from './op.ts';
import { missingValuesOf } from '../types/column.ts';

export interface NameOptions {
  readonly schema: TableSchema;
  /** A mended fix-file, with its column of errors or without. */
  readonly fixes?: boolean | undefined;
  /** The file has edits, each with its `_op`. */
  readonly changes?: boolean | undefined;
  /** The dataset that the file joins, or that its edits are of. */
  readonly base?: { readonly columns: readonly string[] } | undefined;
}

/** The columns of a file that are the provider's own. */
export function ownColumns(columns: readonly string[], { schema, fixes, changes }: NameOptions): string[] {
  const errors = fixes === true ? errorsColumn(schema) : undefined;
  return columns.filter((column) => column !== errors && !(changes === true && column === OP_COLUMN));
}

/** What a dataset has where a file has no such column; undefined where the field has no sign for "nothing". */
export function missingMarker(field: TableSchema['fields'][number], schema: TableSchema): string | undefined {
  const markers = missingValuesOf(field, schema);
  return markers.includes('') ? '' : markers[0];
}
