import { isUtf8 } from 'node:buffer';
import { Cells, QUOTED } from '../../csv/cells.ts';
import { lenientCells } from '../../csv/lenient-cells.ts';
import { cellOf } from '../../csv/quoting.ts';
import { isWholeLine, secondLine } from '../../csv/lost-line.ts';
import { Skipper } from '../../csv/oversize.ts';
import { COMMA, CR, LF, Scanner } from '../../csv/scanner.ts';
import { MAX_RECORD_BYTES, Window } from '../../csv/window.ts';
import { textOfGb18030 } from '../../kinds/record-kinds.ts';
import { type FileRow, MAX_COLUMNS } from '../contract.ts';

const BOM = [0xef, 0xbb, 0xbf];

export type TakeRow = (row: FileRow) => boolean | void;
/** Waited for now and then between rows, if there is anything to wait for. */
export type Pause = () => Promise<void> | undefined;

/** What stands between the cells, as one byte; and the text that the byte stands for where that is no character of UTF-8. */
export interface CutAt {
  readonly byte: number;
  readonly stands?: string | undefined;
}

export interface CsvOptions extends CutAt {
  /** The row that has as many cells as records should have; the last one that is whole if left out. */
  readonly headerRow?: number | undefined;
  readonly pause?: Pause | undefined;
}

/** The rows of a text in UTF-8, header and all; the engine's own scanner finds where cells end. */
export async function eachCsvRow(input: AsyncIterable<Uint8Array>, options: CsvOptions, take: TakeRow): Promise<void> {
  const window = new Window(input);
  try {
    await window.fill();
    if (BOM.every((byte, i) => window.bytes[window.start + i] === byte)) window.start += BOM.length;
    await new CsvRows(window, options).each(take);
  } finally {
    await window.close();
  }
}

class CsvRows {
  private readonly window: Window;
  private readonly cut: CsvOptions;
  private readonly scanner: Scanner;
  private readonly lookahead: Scanner;
  private readonly skipper: Skipper;
  private row = 0;
  /** Cells that a line must have to be taken for a record. */
  private width = 0;
  private skipping = false;

  constructor(window: Window, cut: CsvOptions) {
    this.window = window;
    this.cut = cut;
    this.scanner = new Scanner(new Cells(MAX_COLUMNS), cut.byte);
    this.lookahead = new Scanner(new Cells(MAX_COLUMNS), cut.byte);
    this.skipper = new Skipper(cut.byte);
  }

  async each(take: TakeRow): Promise<void> {
    const { window } = this;
    while (!(window.final && window.start >= window.end)) {
      while (this.scans()) if (take(this.take()) === false) return;
      if (window.end - window.start > MAX_RECORD_BYTES) {
        const row = this.oversize();
        await this.skip();
        if (take(row) === false) return;
      }
      await this.cut.pause?.();
      if (!window.final) await window.fill();
    }
  }

  private scans(): boolean {
    const { window, scanner } = this;
    return window.start < window.end && scanner.scan(window.bytes, window.start, window.end, window.final);
  }

  private take(): FileRow {
    const { window, scanner, cut } = this;
    const { bytes, start } = window;
    this.row += 1;
    if (scanner.fault !== 0) {
      const second = secondLine(bytes, start, scanner, (at, end) => this.looksLikeRecord(at, end));
      window.start = second > 0 ? second : scanner.next;
      return broken(this.row, lineAt(bytes, start, second > 0 ? second - 1 : scanner.end), cut, 'quote');
    }
    window.start = scanner.next;
    const record = bytes.subarray(start, scanner.end);
    if (!isText(record)) return broken(this.row, record, cut, 'encoding');
    const { headerRow = 0 } = cut;
    if (this.row <= headerRow || headerRow === 0) this.width = scanner.count;
    const cells = Array.from({ length: Math.min(scanner.count, MAX_COLUMNS) }, (_, i) =>
      restored(scanner.text(bytes, i), cut),
    );
    return { row: this.row, cells, written: (i) => this.written(i, cells[i] ?? '') };
  }

  private looksLikeRecord(start: number, end: number): boolean {
    return isWholeLine(this.window.bytes, start, end, this.lookahead, this.width);
  }

  /** Quotes stay as they are where the cells are cut at commas. */
  private written(i: number, text: string): string {
    const { flags } = this.scanner.cells;
    if (this.cut.byte !== COMMA || ((flags[i] ?? 0) & QUOTED) === 0) return cellOf(text);
    return `"${text.replaceAll('"', '""')}"`;
  }

  /** Longer than a record may be: its first line alone if an open quote made it so, otherwise all of it. */
  private oversize(): FileRow {
    const { window, skipper } = this;
    this.row += 1;
    const limit = window.start + MAX_RECORD_BYTES;
    const second = window.bytes.subarray(window.start, limit).indexOf(LF) + window.start + 1;
    skipper.reset();
    skipper.skip(window.bytes, window.start, limit);
    if (skipper.inQuotes && second > window.start && this.looksLikeRecord(second, limit)) {
      const row = broken(this.row, lineAt(window.bytes, window.start, second - 1), this.cut, 'quote');
      window.start = second;
      this.skipping = false;
      return row;
    }
    window.start = limit;
    this.skipping = true;
    return { row: this.row, cells: [], fault: 'size', written: () => '' };
  }

  /** Goes on to where the record ends. */
  private async skip(): Promise<void> {
    const { window } = this;
    while (this.skipping) {
      const next = this.skipper.skip(window.bytes, window.start, window.end);
      window.start = next < 0 ? window.end : next;
      this.skipping = next < 0 && !window.final;
      if (this.skipping) await window.fill();
    }
  }
}

/** A text has no NUL. */
const isText = (record: Buffer): boolean => isUtf8(record) && !record.includes(0);

const lineAt = (bytes: Buffer, start: number, end: number): Buffer =>
  bytes.subarray(start, bytes[end - 1] === CR && bytes[end] === LF ? end - 1 : end);

const restored = (text: string, { byte, stands }: CutAt): string =>
  stands === undefined ? text : text.replaceAll(String.fromCharCode(byte), stands);

/** Read as a person would read it. */
function broken(row: number, record: Buffer, { byte }: CutAt, fault: 'quote' | 'encoding'): FileRow {
  const decoded = fault === 'encoding' ? textOfGb18030(record) : undefined;
  // A text has no NUL; what cannot be decoded shows as U+FFFD.
  const text = (decoded ?? record.toString('utf8')).replaceAll('\0', '\uFFFD');
  const cells = byte === COMMA ? lenientCells(text) : text.split(String.fromCharCode(byte));
  const mended = decoded !== undefined && !text.includes('"');
  return {
    row,
    cells: cells.slice(0, MAX_COLUMNS),
    fault: mended ? undefined : fault,
    written: (i) => cellOf(cells[i] ?? ''),
  };
}
