import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import type { ByteSink } from '../csv/output.ts';
import { Scanner } from '../csv/scanner.ts';
import { MAX_RECORD_BYTES, Window } from '../csv/window.ts';
import type { DatasetSource } from './extract-writer.ts';
import { type ExtractResult, ExtractSlot } from './extract-slot.ts';

export interface ExtractRequest { readonly spec: ExtractSpec; readonly sink: ByteSink }

/**
 * Reads a stored dataset once and writes its extracts side by side; results in the order asked for. An extract that
 * cannot be written ends alone.
 * @throws what the input throws, and if the input is not a dataset with these columns.
 */
export async function writeExtracts(
  input: AsyncIterable<Uint8Array>, source: DatasetSource, extracts: readonly ExtractRequest[],
): Promise<ExtractResult[]> {
  const slots = extracts.map(({ spec, sink }) => new ExtractSlot(spec, source, sink));
  const window = new Window(input);
  try {
    const reader = new DatasetReader(window, source.columns.length);
    await reader.header(source.columns);
    while (slots.some(({ open }) => open) && !reader.done) {
      reader.take(slots);
      await Promise.all(slots.map((slot) => slot.flush()));
      if (reader.starved) await reader.fill();
    }
  } finally {
    await window.close();
  }
  return Promise.all(slots.map((slot) => slot.finish()));
}

/** Records of a stored dataset: what a check has written, so that any fault of structure is a fault of the store. */
class DatasetReader {
  /** More input is needed for the next record. */
  starved = false;
  private readonly window: Window;
  private readonly scanner: Scanner;
  private readonly width: number;

  constructor(window: Window, width: number) {
    this.window = window;
    this.width = width;
    this.scanner = new Scanner(width);
  }

  get done(): boolean {
    return this.window.final && this.window.start >= this.window.end;
  }

  async fill(): Promise<void> {
    const before = this.window.end - this.window.start;
    if (before > MAX_RECORD_BYTES + 1) throw new Error('the dataset has a record longer than a check accepts');
    await this.window.fill();
    this.starved = false;
  }

  async header(columns: readonly string[]): Promise<void> {
    await this.fill();
    while (!this.next()) await this.fill();
    const found = columns.map((_, i) => this.scanner.text(this.window.bytes, i));
    if (found.some((name, i) => name !== columns[i])) throw new Error('the dataset has other columns than it is recorded with');
  }

  /** Hands on records until some output is full or no whole record is left. */
  take(slots: readonly ExtractSlot[]): void {
    const { window: { bytes }, scanner } = this;
    const open = slots.filter((slot) => slot.open);
    while (!open.some((slot) => slot.full)) {
      if (!this.next()) return;
      for (const slot of open) slot.take(bytes, scanner);
    }
  }

  private next(): boolean {
    const { window, scanner } = this;
    if (window.start >= window.end || !scanner.scan(window.bytes, window.start, window.end, window.final)) {
      this.starved = !this.done;
      return false;
    }
    if (scanner.fault !== 0 || scanner.count !== this.width) throw new Error('the dataset has a record that no check accepts');
    window.start = scanner.next;
    return true;
  }
}
