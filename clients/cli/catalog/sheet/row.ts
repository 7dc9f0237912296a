import { cellName, type SheetRow } from '../../workbook/read-sheet.ts';
import {
  choicesOf,
  codeFor,
  headings,
  resourceColumns,
  type CodedColumn,
  type ColumnKey,
  type ResourceColumn,
} from './layout.ts';
import type { SheetProblem } from './sheet-problem.ts';

/** A row of a catalog's workbook, its cells by their columns. */
export class Row {
  readonly number: number;
  readonly #cells: readonly string[];
  readonly #columns: ReadonlyMap<ColumnKey, number>;

  constructor({ row, cells }: SheetRow, columns: ReadonlyMap<ColumnKey, number>) {
    this.number = row;
    this.#cells = cells;
    this.#columns = columns;
  }

  /** '' where nothing is written, or the column is missing. */
  text(key: ColumnKey): string {
    return this.#cells[(this.#columns.get(key) ?? 0) - 1] ?? '';
  }

  textIf(key: ColumnKey): string | undefined {
    const text = this.text(key);
    return text === '' ? undefined : text;
  }

  /** What it says of the resource, without its id. */
  resourceTexts(): readonly (readonly [ResourceColumn, string])[] {
    return (Object.keys(resourceColumns) as ResourceColumn[])
      .filter((key) => key !== 'resourceId')
      .map((key) => [key, this.text(key)] as const);
  }

  place(key: ColumnKey): Pick<SheetProblem, 'cell' | 'column'> {
    return { cell: cellName(this.#columns.get(key) ?? 1, this.number), column: headings[key] };
  }

  problem(key: ColumnKey, message: string): SheetProblem {
    return { ...this.place(key), message };
  }

  /** The code that a cell's word stands for; undefined where nothing is written. `told` gets a word that stands for none. */
  code(key: ColumnKey, column: CodedColumn, told: SheetProblem[], text = this.text(key)): string | undefined {
    if (text === '') return undefined;
    const code = codeFor(column, text);
    if (code === undefined)
      told.push(this.problem(key, `${JSON.stringify(text)} is none of ${choicesOf(column).join('、')}`));
    return code;
  }
}
