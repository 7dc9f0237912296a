import { DatasetReader } from '../csv/dataset-reader.ts';
import type { Sha256 } from '../csv/digest.ts';
import { type ByteSink, Output, type Written } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { COMMA, LF } from '../csv/scanner.ts';

/** What became of some records of a list, by their numbers, which ascend. */
export interface NumberedBlock {
  readonly numbers: readonly number[];
}

export interface ListAgain<Block extends NumberedBlock> {
  /** What `readList` wrote. */
  readonly input: AsyncIterable<Uint8Array>;
  readonly columns: readonly string[];
  /** Columns that every record gets behind its own. */
  readonly more: readonly string[];
  readonly blocks: AsyncIterable<Block>;
  /**
   * The cells of these columns, as CSV; undefined leaves the record out, several write it as often.
   * @param at the record's place in the block; without a block: a record that none of them has
   */
  behind(block: Block | undefined, at: number): string | readonly string[] | undefined;
}

/**
 * Writes a list once more as CSV: its records in their order, cells as they stand, with what is known of each behind.
 * @throws what the input, the blocks or the sink throws.
 */
export async function writeList<Block extends NumberedBlock>(
  list: ListAgain<Block>,
  sink: ByteSink,
): Promise<Written & { readonly rows: number }> {
  const writer = new ListWriter(list, sink);
  try {
    await writer.begin();
    for await (const block of list.blocks) await writer.block(block);
    await writer.rest();
    return { ...(await writer.output.finish()), rows: writer.rows };
  } finally {
    await writer.close();
  }
}

class ListWriter<Block extends NumberedBlock> {
  rows = 0;
  readonly output: Output<Sha256>;
  /** Of the record that was read last. */
  private number = 0;
  private readonly list: ListAgain<Block>;
  private readonly reader: DatasetReader;

  constructor(list: ListAgain<Block>, sink: ByteSink) {
    this.list = list;
    this.output = new Output<Sha256>(sink);
    this.reader = new DatasetReader(list.input, list.columns);
  }

  async begin(): Promise<void> {
    await this.reader.header();
    this.output.text(lineOf([...this.list.columns, ...this.list.more]));
  }

  /** The records up to the last one of the block. */
  async block(block: Block): Promise<void> {
    for (let at = 0; at < block.numbers.length;) {
      at = this.records(block, at);
      if (this.reader.done && at < block.numbers.length) throw new Error('a block has a record that the list has not');
      await this.goOn();
    }
  }

  async rest(): Promise<void> {
    while (!this.reader.done) {
      while (this.reader.next()) this.write(undefined, -1);
      await this.goOn();
    }
  }

  close(): Promise<void> {
    return this.reader.close();
  }

  /** As many as are in the window. @returns the place in the block that comes next */
  private records(block: Block, from: number): number {
    const { numbers } = block;
    let at = from;
    while (at < numbers.length && this.reader.next()) {
      this.number += 1;
      if (this.number < (numbers[at] ?? 0)) this.write(undefined, -1);
      else this.write(block, at++);
    }
    return at;
  }

  private write(block: Block | undefined, at: number): void {
    const behind = this.list.behind(block, at);
    if (typeof behind === 'string') this.line(behind);
    else for (const cells of behind ?? []) this.line(cells);
  }

  private line(cells: string): void {
    const { output, reader } = this;
    output.copy(reader.window.memory, reader.recordStart, reader.recordEnd);
    if (this.list.more.length > 0) {
      output.byte(COMMA);
      output.text(cells);
    }
    output.byte(LF);
    this.rows += 1;
  }

  private async goOn(): Promise<void> {
    if (this.output.full) await this.output.flush();
    if (this.reader.starved) await this.reader.fill();
  }
}
