import { RefusedFile } from '../refused-file.ts';
import { brokenXml } from './broken-xml.ts';
import { isTextOf } from './rich-text.ts';
import { MAX_TEXT, type SharedStrings } from './shared-strings.ts';
import { CLOSE, END, OPEN, TEXT, type XmlReader } from './xml-reader.ts';
import { xstring } from './xml-text.ts';

/** What `next` came to. */
export const NEEDS_INPUT = 0;
export const ROW = 1;
export const NO_MORE = 2;

/** Columns go to XFD (ECMA-376, part 1, section 18.3.1.4 and the limits of spreadsheet programs). */
const MAX_COLUMNS = 16_384;
const MAX_ROW = 2 ** 31;
/** More of them are not looked at. */
export const MAX_MERGED = 10_000;

/** How deep they lie: `worksheet`, `sheetData`, `row`, `c`, `is`. */
const DATA = 2;
const CELL = 4;
const INLINE = 5;

/** A cell with something in it. */
export interface SheetCell {
  /** From 1. */
  column: number;
  /** `text`, or as the sheet says: `n` number, `b` boolean, `e` error, `d` ISO date. */
  type: string;
  style: number;
  value: string;
}

/** Rows of a sheet that have something in them, as they stream by. */
export class SheetRows {
  /** Of the row just read: its number, its cells by column, and whether their texts were too long to be kept. */
  row = 0;
  cells: SheetCell[] = [];
  oversize = false;
  /** Of the row just read: columns whose formula has no result, since no spreadsheet has computed it. */
  uncomputed: number[] = [];
  /** Ranges of merged cells, such as `A1:F1`; they stand behind all rows. */
  readonly merged: string[] = [];
  private readonly xml: XmlReader;
  private readonly path: readonly string[];
  private readonly strings: SharedStrings;
  private inData = false;
  private inRow = false;
  private cell: SheetCell | undefined;
  /** Texts of the cell: its value, and what stands in it as a text. */
  private value = '';
  private inline = '';
  private hasInline = false;
  private column = 0;
  private inValue = false;
  private inText = false;
  private hasFormula = false;
  private size = 0;

  constructor(xml: XmlReader, strings: SharedStrings) {
    this.xml = xml;
    this.path = xml.path;
    this.strings = strings;
  }

  next(): number {
    const { xml } = this;
    for (;;) {
      const token = xml.next();
      if (token === TEXT) {
        if (this.inValue || this.inText) this.text();
      } else if (token === OPEN) this.opened(xml.name);
      else if (token === CLOSE) {
        if (this.closed(xml.name)) return ROW;
      } else return token === END ? NO_MORE : NEEDS_INPUT;
    }
  }

  private opened(name: string): void {
    if (this.cell) this.openedInCell(name);
    else if (this.inRow) {
      if (name === 'c' && this.path.length === CELL) this.openCell();
    } else if (this.inData) {
      if (name === 'row' && this.path.length === CELL - 1) this.openRow();
    } else if (this.path.length === DATA) this.inData = name === 'sheetData';
    else if (name === 'mergeCell' && this.path.length === DATA + 1) this.openMerged();
  }

  private openedInCell(name: string): void {
    if (name === 'v') this.inValue = this.path.length === CELL + 1;
    else if (name === 'f') this.hasFormula = true;
    else if (name === 'is') this.hasInline ||= this.path.length === INLINE;
    else if (name === 't') this.inText = this.path[CELL] === 'is' && isTextOf(this.path, INLINE);
  }

  private openRow(): void {
    const given = this.xml.attribute('r');
    const row = given === undefined ? this.row + 1 : Number(given);
    if (!(Number.isInteger(row) && row > this.row && row < MAX_ROW)) throw disordered();
    this.row = row;
    this.cells = [];
    this.uncomputed = [];
    this.oversize = false;
    this.size = 0;
    this.column = 0;
    this.inRow = true;
  }

  private openCell(): void {
    const reference = this.xml.attribute('r');
    const column = reference === undefined ? this.column + 1 : columnOf(reference);
    if (!(column > this.column && column <= MAX_COLUMNS)) throw disordered();
    this.column = column;
    this.cell = {
      column,
      type: this.xml.attribute('t') ?? 'n',
      style: Number(this.xml.attribute('s') ?? 0),
      value: '',
    };
    this.value = '';
    this.inline = '';
    this.hasInline = this.hasFormula = false;
  }

  private openMerged(): void {
    if (this.merged.length < MAX_MERGED) this.merged.push(this.xml.attribute('ref') ?? '');
  }

  private text(): void {
    const text = this.xml.text();
    if (!this.fits(text.length)) return;
    if (this.inValue) this.value += text;
    else this.inline += text;
  }

  private fits(length: number): boolean {
    this.size += length;
    this.oversize ||= this.size > MAX_TEXT;
    return !this.oversize;
  }

  /** True at the end of a row with something in it. */
  private closed(name: string): boolean {
    if (this.cell) {
      if (name === 'v' || name === 't') this.inValue = this.inText = false;
      else if (name === 'c' && this.path.length === CELL - 1) this.closeCell(this.cell);
      return false;
    }
    if (this.inRow) {
      if (name !== 'row' || this.path.length !== DATA) return false;
      this.inRow = false;
      return this.cells.length > 0 || this.oversize;
    }
    if (name === 'sheetData' && this.path.length === DATA - 1) this.inData = false;
    return false;
  }

  /** A cell whose text is empty is none. */
  private closeCell(cell: SheetCell): void {
    this.cell = undefined;
    this.complete(cell);
    if (cell.value !== '') this.cells.push(cell);
    else if (this.hasFormula) this.uncomputed.push(cell.column);
  }

  /** What the type says counts: of `inlineStr` the text, of others the value. If that is not there, the other one does. */
  private complete(cell: SheetCell): void {
    const { type } = cell;
    const inline = this.hasInline && (type === 'inlineStr' || this.value === '');
    cell.value = inline ? this.inline : this.value;
    if (cell.value === '' || this.oversize) return;
    if (type === 's' && !inline) cell.value = this.shared(cell.value);
    else if (inline || type === 'inlineStr' || type === 'str') cell.value = xstring(cell.value);
    else return;
    cell.type = 'text';
  }

  private shared(index: string): string {
    const text = this.strings.get(Number(index));
    return this.fits(text.length) ? text : '';
  }
}

const disordered = (): RefusedFile =>
  new RefusedFile('unreadable', 'the sheet is damaged: its rows or cells are not in order, or beyond the last column');

/** `BC17` is in column 55. */
function columnOf(reference: string): number {
  let column = 0;
  let i = 0;
  for (; i < reference.length; i += 1) {
    const letter = reference.charCodeAt(i) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 0x40;
    if (column > MAX_COLUMNS) break;
  }
  if (i === 0) throw brokenXml();
  return column;
}
