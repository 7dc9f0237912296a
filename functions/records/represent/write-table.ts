import { type Cells, recordsInBlock } from '../csv/cells.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import { noDigest } from '../csv/digest.ts';
import { type ByteSink, Output } from '../csv/output.ts';
import { COMMA, LF, QUOTE } from '../csv/scanner.ts';
import type { DatasetSource } from '../extract/extract-writer.ts';
import { type Column, columnOf } from '../types/column.ts';
import { isOrderedText, orderedKey, orderedText } from '../types/ordered/ordered-text.ts';
import { unreadable } from '../types/stored-value.ts';
import { fieldNamed, layoutOf } from './layout.ts';
import { TableDigest } from './table-digest.ts';

/** A line is longer than whoever reads the table takes. */
export class LongLine extends Error {
  override readonly name = 'LongLine';
}

export interface WrittenTable {
  readonly rows: number;
  readonly bytes: number;
  /** Of all values (`TableDigest`). */
  readonly values: string;
}

/**
 * A stored dataset as a table of texts (`layoutOf`): CSV without a header, every value in quotes and what is missing without any,
 * so that an empty text and a missing one are two things.
 * @param maxLineBytes of the table, without its line break
 * @throws UnreadableValue, LongLine, what input or sink throw, and if the input is not a dataset with these columns.
 */
export async function writeTable(
  input: AsyncIterable<Uint8Array>,
  source: DatasetSource,
  sink: ByteSink,
  maxLineBytes: number,
): Promise<WrittenTable> {
  const output = new Output<object>(sink, noDigest);
  const reader = new DatasetReader(input, source.columns, recordsInBlock(source.columns.length));
  const writer = new TableWriter(source, output, maxLineBytes);
  try {
    await reader.header();
    while (!reader.done) {
      while (!reader.cells.full && reader.next()) reader.cells.keep();
      writer.take(reader.window.bytes, reader.cells);
      if (output.full) await output.flush();
      if (reader.starved) await reader.fill();
    }
  } finally {
    await reader.close();
  }
  return { rows: writer.rows, bytes: (await output.finish()).bytes, values: writer.digest.text };
}

/** A column of the dataset. */
interface Slot {
  readonly index: number;
  readonly column: Column;
  /** An empty cell is missing, and no other is. */
  readonly emptyIsMissing: boolean;
  /** Where its ordered text is wanted, in a column of its own or in a key. */
  readonly ordered: ((text: string) => string) | undefined;
  readonly hasOwn: boolean;
}

class TableWriter {
  rows = 0;
  readonly digest = new TableDigest();
  private readonly slots: readonly Slot[];
  /** Places of the key's fields, in its order. */
  private readonly key: readonly number[] | undefined;
  private readonly output: Output<object>;
  private readonly maxLineBytes: number;
  /** Of the record that is looked at, by place; undefined where it is missing, or not wanted. */
  private readonly texts: (string | undefined)[];
  private readonly isThere: boolean[];

  constructor(source: DatasetSource, output: Output<object>, maxLineBytes: number) {
    this.output = output;
    this.maxLineBytes = maxLineBytes;
    const { columns, keyFields } = layoutOf(source);
    this.key = keyFields?.map((name) => source.columns.indexOf(name));
    this.slots = columns.map(({ field, ordered }, index) =>
      slotOf(columnOf(fieldNamed(field, source.schema), source.schema), {
        index,
        hasOwn: ordered !== undefined,
        inKey: keyFields?.includes(field) ?? false,
      }),
    );
    this.texts = this.slots.map(() => undefined);
    this.isThere = this.slots.map(() => false);
  }

  /** All records of a block, which is empty afterwards. */
  take(bytes: Buffer, block: Cells): void {
    const { output, digest } = this;
    for (let record = 0; record < block.records; record += 1) {
      block.first = record * block.width;
      const start = output.length;
      this.line(bytes, block);
      if (output.length - start > this.maxLineBytes)
        throw new LongLine(`record ${this.rows} is too long as a line of texts`);
      digest.add(output.memory.bytes.subarray(start, output.length));
      output.byte(LF);
    }
    block.clear();
  }

  private line(bytes: Buffer, cells: Cells): void {
    const { output, slots, texts, isThere } = this;
    this.rows += 1;
    for (const slot of slots) this.look(slot, bytes, cells);
    output.text(String(this.rows));
    this.keyOf();
    for (let i = 0; i < slots.length; i += 1) {
      output.byte(COMMA);
      if (isThere[i] === true) this.cell(i, bytes, cells);
    }
    for (let i = 0; i < slots.length; i += 1) if (slots[i]?.hasOwn === true) this.text(texts[i]);
  }

  private look({ index, column, emptyIsMissing, ordered }: Slot, bytes: Buffer, cells: Cells): void {
    const n = cells.first + index;
    const isEmpty = cells.offsets[n * 2] === cells.offsets[n * 2 + 1];
    const text = ordered || !emptyIsMissing ? cells.text(bytes, index) : undefined;
    const isMissing = text === undefined ? isEmpty : column.missing.has(text);
    this.isThere[index] = !isMissing;
    this.texts[index] = isMissing || text === undefined ? undefined : ordered?.(text);
  }

  /** A record without one of the key's parts has no key. */
  private keyOf(): void {
    const { key, texts } = this;
    if (!key) return;
    const parts = key.map((index) => texts[index]);
    this.text(parts.every((part) => part !== undefined) ? orderedKey(parts) : undefined);
  }

  /** As it came, always in quotes. */
  private cell(index: number, bytes: Buffer, cells: Cells): void {
    const { output } = this;
    const n = cells.first + index;
    output.byte(QUOTE);
    output.append(bytes, cells.offsets[n * 2] ?? 0, cells.offsets[n * 2 + 1] ?? 0);
    output.byte(QUOTE);
  }

  private text(text: string | undefined): void {
    const { output } = this;
    output.byte(COMMA);
    if (text === undefined) return;
    output.byte(QUOTE);
    output.text(text.includes('"') ? text.replaceAll('"', '""') : text);
    output.byte(QUOTE);
  }
}

interface Wanted {
  readonly index: number;
  readonly hasOwn: boolean;
  readonly inKey: boolean;
}

function slotOf(column: Column, { index, hasOwn, inKey }: Wanted): Slot {
  const { field, missing } = column;
  const read = orderedText(field);
  const readable = (text: string): string => {
    const value = read(text);
    if (value === null) throw unreadable(field);
    return value;
  };
  const wanted = isOrderedText(field) ? (text: string) => text : readable;
  return {
    index,
    column,
    emptyIsMissing: missing.size === 1 && missing.has(''),
    ordered: hasOwn || inKey ? wanted : undefined,
    hasOwn,
  };
}
