import { lineOf } from '../../csv/quoting.ts';
import type { ScratchFile } from '../../scratch/scratch-file.ts';
import { CellFaults } from '../cell-faults.ts';
import { Foreign, type Forms, OWN_FORMS } from '../forms.ts';
import type { FormsByName } from '../forms-by-name.ts';
import { Gather } from '../gather.ts';
import { Inflation } from '../inflation.ts';
import { markBrokenCells, markRejected, markSkipped } from '../markers.ts';
import { RefusedFile } from '../refused-file.ts';
import type { CellTexts } from './cell-texts.ts';
import { type OpenSheet, openSheet } from './open-sheet.ts';
import { NEEDS_INPUT, NO_MORE, type SheetCell, type SheetRows } from './sheet-rows.ts';

export interface XlsxOptions {
  /** The first that is shown if left out; of a workbook that shows none, the first. */
  readonly sheet: string | undefined;
  readonly forms: FormsByName;
}

/**
 * A sheet of a workbook as CSV. Its first row with anything in it is the header, the columns are those up to the last
 * name in it; the lines of the records are the sheet's rows.
 */
export async function* xlsxToCsv(file: ScratchFile, { sheet, forms }: XlsxOptions): AsyncGenerator<Uint8Array> {
  const opened = await openSheet(file, sheet);
  const written = new Inflation(file.size);
  try {
    for await (const chunk of sheetToCsv(opened, forms)) {
      written.add(chunk.length);
      yield chunk;
    }
  } finally {
    await opened.close();
  }
}

async function* sheetToCsv({ xml, rows, texts: cells }: OpenSheet, forms: FormsByName): AsyncGenerator<Uint8Array> {
  const output = new Gather();
  let records: Records | undefined;
  for (;;) {
    const state = rows.next();
    if (state === NEEDS_INPUT) await xml.fill();
    else if (state === NO_MORE) break;
    else if (records) records.take(rows);
    else records = new Records(header(rows, cells), rows.row, { output, cells, forms });
    if (output.full) yield output.take();
  }
  yield output.take();
}

/** Names of the columns up to the last one that has a name. */
function header({ cells, oversize }: SheetRows, texts: CellTexts): string[] {
  if (oversize) throw new RefusedFile('header', 'the first row of the sheet is too long for a header');
  const names: string[] = [];
  for (const cell of cells) {
    while (names.length < cell.column - 1) names.push('');
    const text = texts.text(cell, OWN_FORMS);
    names.push(text instanceof Foreign ? text.text : text);
  }
  return names;
}

interface RecordParts {
  readonly output: Gather;
  readonly cells: CellTexts;
  readonly forms: FormsByName;
}

class Records {
  private readonly output: Gather;
  private readonly texts: CellTexts;
  private readonly columns: readonly Forms[];
  private readonly faults: CellFaults;
  private lastRow: number;

  constructor(names: readonly string[], headerRow: number, { output, cells, forms }: RecordParts) {
    this.output = output;
    this.texts = cells;
    this.columns = names.map(forms);
    this.faults = new CellFaults(names.map((name) => ({ name, forms: forms(name) })));
    this.lastRow = headerRow;
    output.text(lineOf(names));
    if (headerRow > 1) markSkipped(output, headerRow - 1);
  }

  take({ row, cells, oversize }: SheetRows): void {
    const skipped = row - this.lastRow - 1;
    if (skipped > 0) markSkipped(this.output, skipped);
    this.lastRow = row;
    if (oversize) markRejected(this.output, 'size');
    else if ((cells.at(-1)?.column ?? 0) > this.columns.length) markRejected(this.output, 'columns');
    else this.record(cells);
  }

  private record(cells: readonly SheetCell[]): void {
    const texts = this.textsOf(cells);
    const faults = this.faults.take((i) => texts[i]);
    if (faults) markBrokenCells(this.output, faults);
    else this.output.text(lineOf(texts));
  }

  private textsOf(cells: readonly SheetCell[]): string[] {
    let next = 0;
    return this.columns.map((forms, i) => {
      const cell = cells[next]?.column === i + 1 ? cells[next] : undefined;
      if (!cell) return forms.missing;
      next += 1;
      const text = this.texts.text(cell, forms);
      if (!(text instanceof Foreign)) return text;
      this.faults.add('type', i, text.text);
      return text.text;
    });
  }
}
