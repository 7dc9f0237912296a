import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Cells } from '../csv/cells.ts';
import { noDigest } from '../csv/digest.ts';
import type { Memory } from '../csv/memory.ts';
import { type ByteSink, Output } from '../csv/output.ts';
import { COMMA, LF } from '../csv/scanner.ts';
import type { RecordTaker } from '../extract/extraction.ts';
import type { ListedField } from './list-columns.ts';
import { type ComparedText, type OrderedCell, orderedCell } from './ordered-cell.ts';

/** The list has more records than it may. */
export class ListTooLong extends Error {
  override readonly name = 'ListTooLong';
}

/**
 * Of each record of a list a line of CSV without a header: its number, from 1, and the ordered texts of its key and of what
 * is compared; missing ones are empty without quotes. Records without a key, and with a value that is none of its field's
 * type, have no line.
 */
export class KeyLines implements RecordTaker {
  /** Records that were taken, and of these such as have no line. */
  records = 0;
  invalid = 0;
  readonly output: Output<object>;
  private readonly cells: readonly OrderedCell[];
  private readonly keys: number;
  private readonly most: number;

  constructor(
    parts: {
      readonly key: readonly ListedField[];
      readonly compare: readonly ListedField[];
      readonly schema: TableSchema;
      /** Records. */
      readonly most: number;
      readonly textOf?: ComparedText | undefined;
    },
    sink: ByteSink,
  ) {
    this.output = new Output(sink, noDigest);
    this.cells = [...parts.key, ...parts.compare].map((listed) => orderedCell(listed, parts.schema, parts.textOf));
    this.keys = parts.key.length;
    this.most = parts.most;
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
    const { output, cells } = this;
    const start = output.length;
    output.text(String(this.records));
    for (let i = 0; i < cells.length; i += 1) {
      output.byte(COMMA);
      const found = cells[i]?.(memory, block, output);
      if (found === 'invalid' || (found === 'missing' && i < this.keys)) {
        output.length = start;
        this.invalid += 1;
        return;
      }
    }
    output.byte(LF);
  }
}
