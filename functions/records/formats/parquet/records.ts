import { cellOf, lineOf } from '../../csv/quoting.ts';
import { MAX_RECORD_BYTES } from '../../csv/window.ts';
import type { FormsByName } from '../forms-by-name.ts';
import { Gather } from '../gather.ts';
import { Inflation } from '../inflation.ts';
import { markRejected } from '../markers.ts';
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
    return { element, missing: cellOf(own.missing), textOf: textsOf(name, element, own) };
  });
  output.text(lineOf(footer.columns.map(({ name }) => name)));
  const take = (): Uint8Array => {
    const chunk = output.take();
    written.add(chunk.length);
    return chunk;
  };
  for (const group of footer.groups) {
    const cells = columns.map(
      ({ element, missing, textOf }, i) =>
        new ColumnCells(
          new ColumnPages({ file, element, chunk: chunkOf(group, i), rows: group.rows, inflation, budget }),
          textOf,
          missing,
        ),
    );
    for (let row = 0; row < group.rows; row += 1) {
      takeRow(cells, output);
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

function takeRow(cells: readonly ColumnCells[], output: Gather): void {
  let line = '';
  let broken: 'encoding' | 'size' | undefined;
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i]?.next();
    if (cell === undefined) broken ??= 'encoding';
    else if (line.length + cell.length > MAX_RECORD_BYTES) broken ??= 'size';
    else line += i === 0 ? cell : `,${cell}`;
  }
  if (broken) markRejected(output, broken);
  else output.text(`${line}\n`);
}

/** The cells of one column in one row group, in order. */
class ColumnCells {
  private readonly pages: ColumnPages;
  private readonly textOf: TextOf;
  private readonly missing: string;
  private page: Page | undefined;
  /** Of the dictionary, as far as they were asked for. */
  private texts: (string | null | undefined)[] = [];
  private row = 0;
  private value = 0;

  constructor(pages: ColumnPages, textOf: TextOf, missing: string) {
    this.pages = pages;
    this.textOf = textOf;
    this.missing = missing;
  }

  /** Undefined for bytes that are no text. */
  next(): string | undefined {
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

  private named(index: number): string | undefined {
    const known = this.texts[index];
    if (known !== undefined) return known ?? undefined;
    if (!(index >= 0 && index < this.pages.dictionary.length)) throw damaged();
    const cell = this.cell(this.pages.dictionary[index]);
    this.texts[index] = cell ?? null;
    return cell;
  }

  private cell(value: unknown): string | undefined {
    const text = this.textOf(value);
    return text === undefined ? undefined : cellOf(text);
  }
}
