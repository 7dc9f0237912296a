import { OP_COLUMN } from '../../header/op.ts';
import { cellOf, lineOf } from '../../csv/quoting.ts';
import { MAX_RECORD_BYTES } from '../../csv/window.ts';
import { CellFaults } from '../cell-faults.ts';
import { Foreign, type Forms } from '../forms.ts';
import type { FormsByName } from '../forms-by-name.ts';
import { Gather } from '../gather.ts';
import { Inflation } from '../inflation.ts';
import { markBrokenCells, markRejected } from '../markers.ts';
import { Budget } from './budget.ts';
import { damaged } from './damaged.ts';
import type { FileBytes } from './file-bytes.ts';
import { readFooter, type RowGroup } from './footer.ts';
import { ColumnPages, type Page } from './pages.ts';
import { textsOf, type TextOf } from './texts.ts';

/** A Parquet file as CSV, page by page. @throws RefusedFile, and whatever a hostile file makes a decoder throw. */
export function* parquetRecords(file: FileBytes, forms: FormsByName): Generator<Uint8Array> {
  const footer = readFooter(file);
  const inflation = new Inflation(file.size);
  const written = new Inflation(file.size);
  const budget = new Budget();
  const output = new Gather();
  const columns = footer.columns.map(({ name, element }) => {
    const own = forms(name);
    return { name, element, forms: own, textOf: textsOf(name, element, own) };
  });
  const rows = new Rows(columns, output);
  output.text(lineOf(footer.columns.map(({ name }) => name)));
  const take = (): Uint8Array => {
    const chunk = output.take();
    written.add(chunk.length);
    return chunk;
  };
  for (const group of footer.groups) {
    const cells = columns.map(
      ({ element, forms: own, textOf }, i) =>
        new ColumnCells(
          new ColumnPages({ file, element, chunk: chunkOf(group, i), rows: group.rows, inflation, budget }),
          textOf,
          own,
        ),
    );
    for (let row = 0; row < group.rows; row += 1) {
      rows.take(cells);
      if (output.full) yield take();
    }
    for (const column of cells) column.release();
  }
  yield take();
}

function chunkOf({ chunks }: RowGroup, i: number): RowGroup['chunks'][number] {
  const chunk = chunks[i];
  if (!chunk) throw damaged();
  return chunk;
}

/** What a cell of a row is, if not its text: bytes that are no text, or nothing where something must be. */
const NO_TEXT = Symbol('no text');
const NOTHING = Symbol('nothing');
type CellText = string | Foreign | typeof NO_TEXT | typeof NOTHING;

class Rows {
  private readonly output: Gather;
  private readonly faults: CellFaults;
  private readonly opColumn: number;

  constructor(columns: readonly { readonly name: string; readonly forms: Forms }[], output: Gather) {
    this.output = output;
    this.faults = new CellFaults(columns);
    this.opColumn = columns.findIndex(({ name }) => name === OP_COLUMN);
  }

  take(cells: readonly ColumnCells[]): void {
    let line = '';
    let op = '';
    let broken: 'encoding' | 'size' | undefined;
    for (let i = 0; i < cells.length; i += 1) {
      const cell = cells[i]?.next() ?? NO_TEXT;
      const text = cell === NO_TEXT ? '' : this.textOf(cell, i);
      if (cell === NO_TEXT) broken ??= 'encoding';
      else if (line.length + text.length > MAX_RECORD_BYTES) broken ??= 'size';
      else line += i === 0 ? text : `,${text}`;
      if (i === this.opColumn) op = text;
    }
    const faults = this.faults.take(() => op);
    if (broken) markRejected(this.output, broken);
    else if (faults) markBrokenCells(this.output, faults);
    else this.output.text(`${line}\n`);
  }

  private textOf(cell: string | Foreign | typeof NOTHING, i: number): string {
    if (typeof cell === 'string') return cell;
    if (cell === NOTHING) this.faults.add('required', i, '');
    else this.faults.add('type', i, cell.text);
    return '';
  }
}

/** The cells of one column in one row group, in order. */
class ColumnCells {
  private readonly pages: ColumnPages;
  private readonly textOf: TextOf;
  private readonly missing: string | typeof NOTHING;
  private page: Page | undefined;
  /** Of the dictionary, as far as they were asked for. */
  private texts: (CellText | undefined)[] = [];
  private row = 0;
  private value = 0;

  constructor(pages: ColumnPages, textOf: TextOf, { missing, lacksMissing }: Forms) {
    this.pages = pages;
    this.textOf = textOf;
    this.missing = lacksMissing ? NOTHING : cellOf(missing);
  }

  next(): CellText {
    if (!this.page || this.row >= this.page.rows) this.turn();
    const { page, row } = this;
    if (!page) throw damaged();
    this.row += 1;
    if (page.defined && page.defined[row] !== 1) return this.missing;
    const value: unknown = page.values[this.value];
    this.value += 1;
    if (value === undefined) throw damaged();
    return page.dictionary ? this.named(Number(value)) : this.cell(value);
  }

  release(): void {
    this.pages.release();
  }

  private turn(): void {
    const { dictionary } = this.pages;
    this.page = this.pages.next();
    if (this.pages.dictionary !== dictionary) this.texts = [];
    this.row = 0;
    this.value = 0;
  }

  private named(index: number): CellText {
    const known = this.texts[index];
    if (known !== undefined) return known;
    if (!(index >= 0 && index < this.pages.dictionary.length)) throw damaged();
    return (this.texts[index] = this.cell(this.pages.dictionary[index]));
  }

  private cell(value: unknown): CellText {
    const text = this.textOf(value);
    if (text === undefined) return NO_TEXT;
    return text instanceof Foreign ? text : cellOf(text);
  }
}
