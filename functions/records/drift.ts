import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import type { Held, Upload } from '../../schemas/contracts/uploads.ts';

/** How many more or fewer rows there are, as a share of those before; undefined where there were none. */
export const driftOf = (rows: number, previousRows: number | undefined): number | undefined =>
  previousRows === undefined || previousRows === 0 ? undefined : (rows - previousRows) / previousRows;

/**
 * Why an upload waits for its provider's word: its dataset would have many more or fewer rows than the one in force.
 * The first dataset, and one that the provider confirmed, is not held; rows where there were none always are.
 */
export function holding(
  { confirmedAt }: Pick<Upload, 'confirmedAt'>,
  { drift: declared }: Pick<ResourceDefinition, 'drift'>,
  rows: number,
  previousRows: number | undefined,
): Held | undefined {
  if (!declared || confirmedAt !== undefined || previousRows === undefined || rows === previousRows) return undefined;
  const limit = declared.rowCount;
  // Division, not multiplication: 1,200 of 1,000 rows is exactly the limit 0.2.
  const isOff = Math.abs(driftOf(rows, previousRows) ?? Infinity) > limit;
  return isOff ? { reason: 'row-count', previousRows, rows, limit } : undefined;
}
