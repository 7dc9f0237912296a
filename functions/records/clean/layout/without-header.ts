import type { Column } from '../../types/column.ts';
import { judge } from '../../types/column.ts';
import type { FileRow } from '../contract.ts';

/** So many of ten values must be right for a file to be taken for one without a header. */
const ENOUGH = 0.8;

/** Whether the rows look like records from the first on: as many cells as there are fields, in their order. */
export function looksHeaderless(rows: readonly FileRow[], columns: readonly Column[]): boolean {
  const whole = rows.filter(({ cells }) => cells.length === columns.length);
  if (rows.length === 0 || whole.length < rows.length) return false;
  const good = whole.flatMap(({ cells }) =>
    columns.map((column, i) => judge(column, cells[i] ?? '').kind !== 'broken'),
  );
  return good.filter(Boolean).length >= good.length * ENOUGH;
}
