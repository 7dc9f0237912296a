import { cellOf, type Cover, masked } from '../../records/index.ts';

/** Texts of the granted fields of some records, field by field; null where one is missing. */
export type GrantedColumns = readonly (readonly (string | null)[])[];

/** What stands in the place of the values of each granted field; undefined: nothing. */
export type Covers = readonly (Cover | undefined)[];

/** From a record's place to its granted cells as CSV, masked, attachments by reference; what is missing is empty, and no mask changes that. */
export function grantedCells(covers: Covers) {
  return (granted: GrantedColumns, at: number): string =>
    covers
      .map((by, i) => {
        const text = granted[i]?.[at] ?? null;
        if (text === null) return '';
        return cellOf(by === undefined ? text : masked(by, text));
      })
      .join(',');
}
