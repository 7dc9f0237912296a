import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import { compatible } from './compatible.ts';
import { extractSpec } from './spec.ts';

/** The schema that terms were agreed on, and the one that a dataset was, or will be, checked against. */
export interface Schemas {
  readonly pinned: TableSchema;
  readonly actual: TableSchema;
}

/**
 * Whether a dataset still means what was agreed. Edits name rows by the primary key, so that under `changes` it must be
 * the same too, in whatever order its fields stand.
 */
export function fitsTerms(terms: Terms, { pinned, actual }: Schemas): boolean {
  switch (terms.mode) {
    case 'delivery':
      return (
        compatible(extractSpec(terms), pinned, actual) && (terms.content === 'snapshot' || sameKey(pinned, actual))
      );
    default:
      return terms.mode satisfies never;
  }
}

function sameKey(pinned: TableSchema, actual: TableSchema): boolean {
  const [before, after] = [pinned, actual].map(({ primaryKey }) => primaryKey?.toSorted());
  return before !== undefined && after !== undefined && JSON.stringify(before) === JSON.stringify(after);
}
