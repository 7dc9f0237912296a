import { RefusedFile } from '../refused-file.ts';
import { MAX_TEXT } from './shared-strings.ts';
import { CLOSE, END, OPEN, TEXT, type XmlReader, brokenXml } from './xml-reader.ts';

/** What `next` came to. */
export const NEEDS_INPUT = 0;
export const ROW = 1;
export const NO_MORE = 2;

/** Columns go to XFD (ECMA-376, part 1, section 18.3.1.4 and the limits of spreadsheet programs). */
const MAX_COLUMNS = 16_384;
const MAX_ROW = 2 ** 31;

/** A cell with something in it. */
export interface SheetCell {
  /** From 1. */
  column: number;
  /** `s` shared string, `str` and `inlineStr` text, `n` number, `b` boolean, `e` error, `d` ISO date. */
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
  private readonly xml: XmlReader;
  private inData = false;
  private inRow = false;
  private cell: SheetCell | undefined;
  private hasValue = false;
  private column = 0;
  private inValue = false;
  private phonetic = false;
  private size = 0;

  constructor(xml: XmlReader) {
    this.xml = xml;
  }

  next(): number {
    const { xml } = this;
    for (;;) {
      const token = xml.next();
      if (token === TEXT) {
        if (this.inValue) this.text();
      } else if (token === OPEN) this.opened(xml.name);
      else if (token === CLOSE) {
        if (this.closed(xml.name)) return ROW;
      } else return token === END ? NO_MORE : NEEDS_INPUT;
    }
  }

  private opened(name: string): void {
    if (this.cell) this.openedInCell(name);
    else if (this.inRow) {
      if (name === 'c') this.openCell();
    } else if (this.inData) {
      if (name === 'row') this.openRow();
    } else if (name === 'sheetData') this.inData = true;
  }

  private openedInCell(name: string): void {
    if (name === 'v' || (name === 't' && !this.phonetic)) {
      this.inValue = true;
      this.hasValue = true;
    } else if (name === 'rPh') this.phonetic = true;
  }

  private openRow(): void {
    const given = this.xml.attribute('r');
    const row = given === undefined ? this.row + 1 : Number(given);
    if (!(row > this.row && row < MAX_ROW)) throw disordered();
    this.row = row;
    this.cells = [];
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
    this.hasValue = false;
  }

  private text(): void {
    if (!this.cell || this.oversize) return;
    const text = this.xml.text();
    this.size += text.length;
    if (this.size > MAX_TEXT) this.oversize = true;
    else this.cell.value += text;
  }

  /** True at the end of a row with something in it. */
  private closed(name: string): boolean {
    if (this.cell) {
      if (name === 'c') this.closeCell(this.cell);
      else if (name === 'v' || name === 't') this.inValue = false;
      else if (name === 'rPh') this.phonetic = false;
      return false;
    }
    if (this.inRow) {
      if (name !== 'row') return false;
      this.inRow = false;
      return this.cells.length > 0 || this.oversize;
    }
    if (name === 'sheetData') this.inData = false;
    return false;
  }

  private closeCell(cell: SheetCell): void {
    this.cell = undefined;
    this.inValue = false;
    if (this.hasValue && cell.value !== '') this.cells.push(cell);
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
