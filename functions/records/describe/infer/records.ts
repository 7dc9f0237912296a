import { Cells } from '../../csv/cells.ts';
import { Scanner } from '../../csv/scanner.ts';
import { MAX_RECORD_BYTES, Window } from '../../csv/window.ts';

/** A schema has at most 1000 fields; of a wider header no definition can be made. */
const MAX_COLUMNS = 2000;
const BOM = [0xef, 0xbb, 0xbf];

/** Reads the header and the well-formed records of UTF-8 CSV; what is no whole record is passed over. */
export class Records {
  columns: readonly string[] = [];
  /** Records that were passed over. */
  broken = 0;
  private readonly window: Window;
  private scanner = new Scanner(new Cells(MAX_COLUMNS));

  constructor(input: AsyncIterable<Uint8Array>) {
    this.window = new Window(input);
  }

  /** @returns false for a file without a header that can be read */
  async readHeader(): Promise<boolean> {
    const { window, scanner } = this;
    await window.fill();
    if (BOM.every((byte, i) => window.bytes[window.start + i] === byte) && window.end - window.start >= BOM.length)
      window.start += BOM.length;
    while (!this.scan()) {
      if (this.done || window.end - window.start > MAX_RECORD_BYTES) return false;
      await window.fill();
    }
    if (scanner.fault !== 0 || scanner.count > MAX_COLUMNS) return false;
    this.columns = Array.from({ length: scanner.count }, (_, i) => scanner.cells.text(window.bytes, i));
    window.start = scanner.next;
    this.scanner = new Scanner(new Cells(this.columns.length));
    return true;
  }

  /** Hands over the cells of every whole record, until there is none or the answer is false. */
  async each(take: (cells: readonly string[]) => boolean): Promise<void> {
    const { window } = this;
    while (!this.done) {
      while (this.scan()) {
        const cells = this.record();
        if (cells && !take(cells)) return;
      }
      // What is longer than a record may be is passed over.
      if (window.end - window.start > MAX_RECORD_BYTES) window.start = window.end;
      if (!this.done) await window.fill();
    }
  }

  /** Nothing is left to read. */
  get done(): boolean {
    return this.window.final && this.window.start >= this.window.end;
  }

  close(): Promise<void> {
    return this.window.close();
  }

  private scan(): boolean {
    const { window, scanner } = this;
    return window.start < window.end && scanner.scan(window.bytes, window.start, window.end, window.final);
  }

  /** Goes behind the record that was scanned. */
  private record(): readonly string[] | undefined {
    const { window, scanner } = this;
    const width = this.columns.length;
    const blank = scanner.end === window.start && width > 1;
    window.start = scanner.next;
    if (blank) return undefined;
    if (scanner.fault !== 0 || scanner.count !== width) {
      this.broken += 1;
      return undefined;
    }
    return Array.from({ length: width }, (_, i) => scanner.cells.text(window.bytes, i));
  }
}
