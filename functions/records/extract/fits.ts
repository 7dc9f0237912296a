import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import { matchedBy, namesByPrimaryKey } from '../definition/matched-by.ts';
import { compatible } from './compatible.ts';

/** The schema that terms were agreed on, and the one that a dataset was, or will be, checked against. */
export interface Schemas {
  readonly pinned: TableSchema;
  readonly actual: TableSchema;
}

/**
 * Whether a dataset still means what was agreed. Edits and lookups name records by the primary key, so that it must be the
 * same too, in whatever order its fields stand.
 */
export function fitsTerms(terms: Terms, { pinned, actual }: Schemas): boolean {
  const used = { ...terms, fields: [...terms.fields, ...matchedBy(terms).map(({ field }) => field)] };
  return compatible(used, pinned, actual) && (!namesByPrimaryKey(terms) || sameKey(pinned, actual));
}

/** Whether the texts of these fields are read the same way under both. */
export const readAlike = (fields: readonly string[], { pinned, actual }: Schemas): boolean =>
  compatible({ fields: [...fields], filter: [], mask: {} }, pinned, actual);

function sameKey(pinned: TableSchema, actual: TableSchema): boolean {
  const [before, after] = [pinned, actual].map(({ primaryKey }) => primaryKey?.toSorted());
  return before !== undefined && after !== undefined && JSON.stringify(before) === JSON.stringify(after);
}
