import type { Cells } from '../csv/cells.ts';
import { noDigest } from '../csv/digest.ts';
import type { Memory } from '../csv/memory.ts';
import { type AnyOutput, type ByteSink, Output } from '../csv/output.ts';
import { LF } from '../csv/scanner.ts';
import type { RecordTaker } from '../extract/extraction.ts';

/** The list has more records than it may. */
export class ListTooLong extends Error {
  override readonly name = 'ListTooLong';
}

/**
 * Writes what a record is compared by as cells of CSV, each behind a comma; false where there is nothing to compare it by, and
 * what is written then is worth nothing.
 */
export type CellsBehind = (memory: Memory, cells: Cells, output: AnyOutput) => boolean;

/**
 * Of each record of a list a line of CSV without a header: its number, from 1, and what it is compared by. Records without a
 * key, and with a value that is none of its field's type, have no line.
 */
export class KeyLines implements RecordTaker {
  /** Records that were taken, and of these such as have no line. */
  records = 0;
  invalid = 0;
  readonly output: Output<object>;
  private readonly behind: CellsBehind;
  private readonly most: number;

  /** @param most records */
  constructor({ behind, most }: { readonly behind: CellsBehind; readonly most: number }, sink: ByteSink) {
    this.output = new Output(sink, noDigest);
    this.behind = behind;
    this.most = most;
  }

  get full(): boolean {
    return this.output.full;
  }

  /** @throws ListTooLong */
  take(memory: Memory, block: Cells): void {
    const { records } = block;
    for (let record = 0; record < records; record += 1) {
      block.first = record * block.width;
      this.records += 1;
      this.line(memory, block);
    }
    block.clear();
    if (this.records > this.most) throw new ListTooLong(`a list has more than ${this.most} records`);
  }

  flush(): Promise<void> {
    return this.output.full ? this.output.flush() : Promise.resolve();
  }

  private line(memory: Memory, block: Cells): void {
    const { output } = this;
    const start = output.length;
    output.text(String(this.records));
    if (this.behind(memory, block, output)) {
      output.byte(LF);
    } else {
      output.length = start;
      this.invalid += 1;
    }
  }
}
