import { ANYTHING } from './cell-rule.ts';
import { Cells } from './cells.ts';
import { NativeScan } from './native/native-scan.ts';
import { Scanner } from './scanner.ts';
import { MAX_RECORD_BYTES, Window } from './window.ts';

/** Records of a stored dataset: what a check has written, so that any fault of structure is a fault of the store. */
export class DatasetReader {
  /** More input is needed for the next record. */
  starved = false;
  /** The record that `next` has read stands in `window` from here, without its line break. */
  recordStart = 0;
  recordEnd = 0;
  readonly window: Window;
  /** Where its cells are; whoever keeps records there uses them before the next `fill`. */
  readonly cells: Cells;
  private readonly columns: readonly string[];
  private readonly scan: NativeScan | undefined;
  private readonly scanner: Scanner;

  /** @param records so many that its cells have room for */
  constructor(input: AsyncIterable<Uint8Array>, columns: readonly string[], records = 1) {
    this.window = new Window(input);
    this.columns = columns;
    const rules = columns.map(() => ANYTHING);
    this.scan = NativeScan.of(rules, this.window.memory, records);
    this.cells = this.scan?.cells ?? new Cells(columns.length, records);
    this.scanner = new Scanner(this.cells);
  }

  get done(): boolean {
    return this.window.final && this.window.start >= this.window.end;
  }

  /** @throws what the input throws. */
  async fill(): Promise<void> {
    const before = this.window.end - this.window.start;
    if (before > MAX_RECORD_BYTES + 1) throw new Error('the dataset has a record longer than a check accepts');
    await this.window.fill();
    this.starved = false;
  }

  /** @throws if the input is not a dataset with these columns. */
  async header(): Promise<void> {
    await this.fill();
    while (!this.next()) {
      if (this.done) throw new Error('the dataset is empty');
      await this.fill();
    }
    const found = this.columns.map((_, i) => this.cells.text(this.window.bytes, i));
    if (found.some((name, i) => name !== this.columns[i]))
      throw new Error('the dataset has other columns than it is recorded with');
  }

  /** False if no whole record is left in the window. */
  next(): boolean {
    const { window, scan } = this;
    const { start, end } = window;
    if (start >= end || !scan?.read(start, end)) return this.carefully();
    this.recordStart = start;
    this.recordEnd = scan.end;
    window.start = scan.next;
    return true;
  }

  close(): Promise<void> {
    return this.window.close();
  }

  private carefully(): boolean {
    const { window, scanner } = this;
    if (window.start >= window.end || !scanner.scan(window.bytes, window.start, window.end, window.final)) {
      this.starved = !this.done;
      return false;
    }
    if (scanner.fault !== 0 || scanner.count !== this.columns.length)
      throw new Error('the dataset has a record that no check accepts');
    this.recordStart = window.start;
    this.recordEnd = scanner.end;
    window.start = scanner.next;
    return true;
  }
}
