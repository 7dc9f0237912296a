import { lineOf } from '../../csv/quoting.ts';
import type { ScratchFile } from '../../scratch/scratch-file.ts';
import { plainDigits } from '../digits.ts';
import { Foreign, type Forms, OWN_FORMS } from '../forms.ts';
import type { FormsByName } from '../forms-by-name.ts';
import { Gather } from '../gather.ts';
import { Inflation } from '../inflation.ts';
import { CellFaults } from '../cell-faults.ts';
import { markBrokenCells, markRejected, markSkipped } from '../markers.ts';
import { RefusedFile } from '../refused-file.ts';
import type { SerialShown } from './number-format.ts';
import { isoCellText, serialText } from './serial.ts';
import { readSharedStrings, SharedStrings } from './shared-strings.ts';
import { NEEDS_INPUT, NO_MORE, type SheetCell, SheetRows } from './sheet-rows.ts';
import { SPREADSHEET } from './vocabulary.ts';
import { readStyles, readWorkbook, type Sheet, type Workbook } from './workbook.ts';
import { XmlReader } from './xml-reader.ts';
import { Zip } from './zip.ts';

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
  const zip = await Zip.open(file);
  const workbook = await readWorkbook(zip);
  const chosen = chosenSheet(workbook.sheets, sheet);
  const strings = await sharedStringsOf(zip, workbook);
  const written = new Inflation(file.size);
  try {
    const cells = new CellTexts(await readStyles(zip, workbook.styles), workbook.from1904);
    const xml = new XmlReader(zip.read(chosen.part), SPREADSHEET);
    try {
      for await (const chunk of sheetToCsv(xml, new SheetRows(xml, strings), { cells, forms })) {
        written.add(chunk.length);
        yield chunk;
      }
    } finally {
      await xml.close();
    }
  } finally {
    strings.close();
  }
}

const MAX_NAMED = 20;

function chosenSheet(sheets: readonly Sheet[], name: string | undefined): Sheet {
  const found =
    name === undefined
      ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
      : sheets.find((sheet) => sheet.name === name);
  if (found) return found;
  const names = sheets.slice(0, MAX_NAMED).map((sheet) => JSON.stringify(sheet.name.slice(0, 31)));
  throw new RefusedFile(
    'no-such-sheet',
    names.length === 0
      ? 'the workbook has no sheet with cells'
      : `the workbook has no sheet ${JSON.stringify(name)}; its sheets are ${names.join(', ')}${sheets.length > MAX_NAMED ? ', …' : ''}`,
  );
}

async function sharedStringsOf(zip: Zip, { sharedStrings }: Workbook): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (sharedStrings === undefined || !zip.has(sharedStrings)) return strings;
  const xml = new XmlReader(zip.read(sharedStrings), SPREADSHEET);
  try {
    await readSharedStrings(xml, strings);
  } catch (error) {
    strings.close();
    throw error;
  } finally {
    await xml.close();
  }
  return strings;
}

async function* sheetToCsv(
  xml: XmlReader,
  rows: SheetRows,
  { cells, forms }: Pick<RecordParts, 'cells' | 'forms'>,
): AsyncGenerator<Uint8Array> {
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

/** What a cell says, in the form that its column reads. */
class CellTexts {
  private readonly styles: readonly (SerialShown | undefined)[];
  private readonly from1904: boolean;

  constructor(styles: readonly (SerialShown | undefined)[], from1904: boolean) {
    this.styles = styles;
    this.from1904 = from1904;
  }

  text({ type, value, style }: SheetCell, forms: Forms): string | Foreign {
    switch (type) {
      case 'n':
        return this.number(value, this.styles[style], forms);
      case 'b':
        return truth(value, forms);
      case 'e':
        return forms.foreign(value);
      case 'd':
        return isoCellText(value, forms);
      default:
        return value;
    }
  }

  private number(value: string, shown: SerialShown | undefined, forms: Forms): string {
    const number = decimal(value);
    if (number === undefined) return value;
    return shown === undefined ? forms.number(plainDigits(number)) : serialText(number, shown, this.from1904, forms);
  }
}

/** XML Schema, part 2, `boolean`; what is none stands as it is. */
function truth(value: string, forms: Forms): string {
  const text = value.trim();
  if (text === '1' || text === 'true') return forms.boolean(true);
  return text === '0' || text === 'false' ? forms.boolean(false) : value;
}

/** XML Schema, part 2, `double`: digits of ten alone. */
function decimal(value: string): number | undefined {
  const number = Number(value);
  return Number.isFinite(number) && value.trim() !== '' && !/[box]/i.test(value) ? number : undefined;
}
