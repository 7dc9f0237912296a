import type { Field } from '../../../../schemas/contracts/definition.ts';
import { logicalTypeOf } from '../../types/type-of.ts';
import type { FileRow } from '../contract.ts';
import { matchColumns } from './match-columns.ts';

/** Where the names of the columns are. */
export interface Header {
  /** Rows from 1; two where groups of columns have names of their own above. */
  readonly first: number;
  readonly last: number;
  readonly names: readonly string[];
}

/** Rows that are looked at: whoever puts more above the header says where it is. */
export const MAX_TITLE_ROWS = 40;

/** The rows of the beginning that may be a header, alone or with the one below. */
function candidates(rows: readonly FileRow[]): Header[] {
  return rows.slice(0, MAX_TITLE_ROWS).flatMap(({ row, cells }, i) => {
    const below = rows[i + 1];
    const alone: Header = { first: row, last: row, names: trimmed(cells) };
    if (below?.row !== row + 1) return [alone];
    return [alone, { first: row, last: below.row, names: trimmed(twoRows(cells, below.cells)) }];
  });
}

/** The lower name; the upper one where there is none below, or in front of one that names too little by itself. */
function twoRows(upper: readonly string[], lower: readonly string[]): string[] {
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, i) => lower[i]?.trim() || (upper[i] ?? ''));
}

const trimmed = (names: readonly string[]): string[] => {
  const last = names.findLastIndex((name) => name.trim() !== '');
  return names.slice(0, last + 1).map((name) => name.trim());
};

/**
 * The header by the names of the fields: the rows that name the most of them. Undefined where none names two (or the only
 * one).
 */
export function headerOfFields(rows: readonly FileRow[], fields: readonly Field[]): Header | undefined {
  const scored = candidates(rows).map((header) => ({ header, named: namedBy(header.names, fields) }));
  const most = Math.max(0, ...scored.map(({ named }) => named));
  if (most < Math.min(2, fields.length)) return undefined;
  const best = scored.filter(({ named }) => named === most);
  return (best.find(({ header }) => header.first === header.last) ?? best[0])?.header;
}

const namedBy = (names: readonly string[], fields: readonly Field[]): number =>
  matchColumns(names, fields).filter(({ field }) => field !== undefined).length;

const VALUES = [{ type: 'number' }, { type: 'date', format: 'any' }] as const;
const readers = VALUES.map((field) => logicalTypeOf({ name: 'x', sensitivity: 'internal', ...field }));
const looksLikeValue = (text: string): boolean => readers.some((reader) => reader?.read(text) !== undefined);

/**
 * The header where no fields are known: the first row that is as wide as the table below it and has names alone.
 * Undefined where the first wide row has values.
 */
export function headerByShape(rows: readonly FileRow[]): Header | undefined {
  const widths = rows.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length);
  const width = usual(widths);
  const at = widths.findIndex((each) => each >= Math.max(1, Math.ceil(width * 0.6)));
  const found = rows[at];
  if (!found) return undefined;
  const names = trimmed(found.cells);
  const named = names.filter((name) => name !== '');
  const values = named.filter(looksLikeValue).length;
  if (values * 2 > named.length) return undefined;
  return { first: found.row, last: found.row, names };
}

/** The width that most rows have; of several the greatest. */
function usual(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
