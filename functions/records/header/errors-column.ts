import type { TableSchema } from '../../../schemas/contracts/definition.ts';

/** The column that a fix-file has beside the file's own: `errors`, with underscores before it where a field has that name. */
export function errorsColumn({ fields }: Pick<TableSchema, 'fields'>): string {
  let name = 'errors';
  while (fields.some((field) => field.name === name)) name = `_${name}`;
  return name;
}
