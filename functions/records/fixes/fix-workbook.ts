import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Language } from '../../../schemas/words/language.ts';
import { eachCsvRow } from '../clean/read/csv-rows.ts';
import { type ByteSink, Output } from '../csv/output.ts';
import { COMMA } from '../csv/scanner.ts';
import { FORMULA, MAX_CELL_CHARACTERS, xmlText } from '../extract/out/sheet-cell.ts';
import { PACKAGE_RELATIONSHIPS, WORKBOOK, WORKBOOK_RELATIONSHIPS } from '../extract/out/workbook-parts.ts';
import { ZipStream } from '../extract/out/zip-stream.ts';
import { cellName } from '../formats/cell-name.ts';
import { errorsColumn } from '../header/errors-column.ts';
import {
  type CellComment,
  commentsXml,
  drawingXml,
  FIX_CONTENT_TYPES,
  FIX_STYLESHEET,
  SHEET_AFTER,
  SHEET_RELATIONSHIPS,
  sheetBefore,
  STYLES,
} from './fix-workbook-parts.ts';
import { type NamedError, NamedErrors } from './named-errors.ts';

/** Spreadsheets open no faster with more; the last column has all of them. */
const MAX_COMMENTS = 10_000;

/** A value is longer than a cell of a workbook holds: such a record is mended in the CSV. */
export class LongCell extends Error {
  readonly place: string;

  constructor(place: string) {
    super(`${place} is longer than a cell of a workbook holds`);
    this.place = place;
  }
}

export interface FixWorkbookOptions {
  readonly schema: TableSchema;
  /** The reader's. */
  readonly language: Language;
}

/**
 * A fix-file, which is CSV, as a workbook: every cell a text, the wrong ones coloured, what is wrong in a comment and in the
 * last column, in the reader's language. It is sent again as the CSV is.
 */
export async function writeFixWorkbook(
  fixFile: AsyncIterable<Uint8Array>,
  options: FixWorkbookOptions,
  sink: ByteSink,
): Promise<void> {
  const output = new Output(sink);
  const workbook = new FixWorkbook(output, options);
  const pause = () => (output.full ? output.flush() : undefined);
  await eachCsvRow(fixFile, { byte: COMMA, pause }, ({ row, cells }) =>
    row === 1 ? workbook.head(cells) : workbook.record(row, cells),
  );
  workbook.end();
  await output.finish();
}

class FixWorkbook {
  private readonly zip: ZipStream;
  private readonly errors: NamedErrors;
  private readonly errorsName: string;
  private readonly comments: CellComment[] = [];
  private names: readonly string[] = [];

  constructor(output: Output, { schema, language }: FixWorkbookOptions) {
    this.zip = new ZipStream(output);
    this.errors = new NamedErrors(schema, language);
    this.errorsName = errorsColumn(schema);
    this.zip.part('[Content_Types].xml', FIX_CONTENT_TYPES);
    this.zip.part('_rels/.rels', PACKAGE_RELATIONSHIPS);
    this.zip.part('xl/workbook.xml', WORKBOOK);
    this.zip.part('xl/_rels/workbook.xml.rels', WORKBOOK_RELATIONSHIPS);
    this.zip.part('xl/styles.xml', FIX_STYLESHEET);
    this.zip.part('xl/worksheets/_rels/sheet1.xml.rels', SHEET_RELATIONSHIPS);
    this.zip.begin('xl/worksheets/sheet1.xml');
  }

  head(names: readonly string[]): void {
    this.names = [...names];
    this.zip.text(sheetBefore(names.length));
    this.row(
      1,
      names.map((name, i) => cellXml(cellName(i + 1, 1), name, STYLES.head)),
    );
  }

  record(row: number, cells: readonly string[]): void {
    const at = this.names.indexOf(this.errorsName);
    const found = this.errors.of(cells[at] ?? '', (field) => cells[this.names.indexOf(field)] ?? '');
    const wrong = new Map(found.map((error) => [this.names.indexOf(error.field ?? ''), error]));
    for (const [i, error] of wrong) if (i >= 0) this.comment(row, i, error);
    const says = found.map(({ text }) => text).join('\n') || (cells[at] ?? '');
    this.row(
      row,
      this.names.map((_, i) => valueXml(cellName(i + 1, row), i === at ? says : (cells[i] ?? ''), wrong.has(i))),
    );
  }

  end(): void {
    this.zip.text(SHEET_AFTER);
    this.zip.finishPart();
    this.zip.part('xl/comments1.xml', commentsXml(this.comments));
    this.zip.part('xl/drawings/vmlDrawing1.vml', drawingXml(this.comments));
    this.zip.end();
  }

  private comment(row: number, i: number, { text }: NamedError): void {
    if (this.comments.length < MAX_COMMENTS)
      this.comments.push({ place: cellName(i + 1, row), row: row - 1, column: i, text });
  }

  private row(row: number, cells: readonly string[]): void {
    this.zip.text(`<row r="${row}">${cells.join('')}</row>`);
  }
}

/** A text, whatever it looks like; one that begins as a formula does is marked as typed in as text. */
function valueXml(place: string, text: string, isWrong: boolean): string {
  if (FORMULA.test(text)) return cellXml(place, text, isWrong ? STYLES.wrongMarked : STYLES.marked);
  return cellXml(place, text, isWrong ? STYLES.wrong : STYLES.text);
}

function cellXml(place: string, text: string, style: number): string {
  if (text === '') return `<c r="${place}" s="${style}"/>`;
  if (text.length > MAX_CELL_CHARACTERS) throw new LongCell(place);
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}
