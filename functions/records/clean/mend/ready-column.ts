import type { Field, TableSchema } from '../../../../schemas/contracts/definition.ts';
import { type Forms, formsOf } from '../../formats/forms.ts';
import { type Column, columnOf, judge } from '../../types/column.ts';

/** A field, made ready to mend the cells of its column. */
export interface ReadyColumn {
  readonly column: Column;
  readonly forms: Forms;
}

export const readyColumn = (field: Field, schema: TableSchema): ReadyColumn => ({
  column: columnOf(field, schema),
  forms: formsOf(field, schema),
});

/** The one authority on what is right: the engine's. A value that only warns is none to mend. */
export function isRight({ column }: ReadyColumn, text: string): boolean {
  const cell = judge(column, text);
  return cell.kind !== 'broken' || cell.rules.every((rule) => column.warnings.has(rule));
}
