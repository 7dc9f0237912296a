import { cellName } from '../../../functions/records/formats/cell-name.ts';
import type { SheetRow } from './read-sheet.ts';
import type { SheetProblem } from './sheet-problem.ts';

/** A row of a workbook, its cells by the keys of their columns. */
export class Row<Key extends string> {
  readonly number: number;
  readonly #cells: readonly string[];
  readonly #columns: ReadonlyMap<Key, number>;
  readonly #headings: Readonly<Record<Key, string>>;

  /** @param columns where each is, from 1; one that is missing is left out */
  constructor({ row, cells }: SheetRow, columns: ReadonlyMap<Key, number>, headings: Readonly<Record<Key, string>>) {
    this.number = row;
    this.#cells = cells;
    this.#columns = columns;
    this.#headings = headings;
  }

  /** '' where nothing is written, or the column is missing. */
  text(key: Key): string {
    return this.#cells[(this.#columns.get(key) ?? 0) - 1] ?? '';
  }

  place(key: Key): Pick<SheetProblem, 'cell' | 'column'> {
    return { cell: cellName(this.#columns.get(key) ?? 1, this.number), column: this.#headings[key] };
  }

  problem(key: Key, message: string): SheetProblem {
    return { ...this.place(key), message };
  }
}

/** Where the columns are, from 1: by heading, or by the key itself, whatever the order. */
export function columnsOf<Key extends string>(
  head: readonly string[],
  headings: Readonly<Record<Key, string>>,
): ReadonlyMap<Key, number> {
  const found = (Object.keys(headings) as Key[]).map(
    (key) => [key, head.findIndex((text) => text === headings[key] || text === key) + 1] as const,
  );
  return new Map(found.filter(([, column]) => column > 0));
}
