import type { SheetRow } from '../../workbook/read-sheet.ts';
import { Row } from '../../workbook/row.ts';
import {
  choicesOf,
  codeFor,
  headings,
  resourceColumns,
  type CodedColumn,
  type ColumnKey,
  type ResourceColumn,
} from './layout.ts';
import type { SheetProblem } from '../../workbook/sheet-problem.ts';

/** A row of a catalog's workbook. */
export class CatalogRow extends Row<ColumnKey> {
  constructor(row: SheetRow, columns: ReadonlyMap<ColumnKey, number>) {
    super(row, columns, headings);
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

  /** The code that a cell's word stands for; undefined where nothing is written. `told` gets a word that stands for none. */
  code(key: ColumnKey, column: CodedColumn, told: SheetProblem[], text = this.text(key)): string | undefined {
    if (text === '') return undefined;
    const code = codeFor(column, text);
    if (code === undefined)
      told.push(this.problem(key, `${JSON.stringify(text)} is none of ${choicesOf(column).join('、')}`));
    return code;
  }
}
