import { cellOf, masked } from '../../records/index.ts';
import type { ComparedTerms } from './comparison.ts';

/** Texts of the granted fields of some records, field by field; null where one is missing. */
export type GrantedColumns = readonly (readonly (string | null)[])[];

/** From a record's place to its granted cells as CSV, masked; what is missing is empty, and no mask changes that. */
export function grantedCells({ fields, mask }: Pick<ComparedTerms, 'fields' | 'mask'>) {
  const masks = fields.map((field) => (Object.hasOwn(mask, field) ? mask[field] : undefined));
  return (granted: GrantedColumns, at: number): string =>
    masks
      .map((by, i) => {
        const text = granted[i]?.[at] ?? null;
        if (text === null) return '';
        return cellOf(by === undefined ? text : masked(by, text));
      })
      .join(',');
}
