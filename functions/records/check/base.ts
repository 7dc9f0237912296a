import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import type { Output } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { LF } from '../csv/scanner.ts';
import { type Column, columnOf, judge } from '../types/column.ts';
import { type FastCell, fastCellOf, GOOD, MISSING } from './fast-cell.ts';
import { type Key, KeyBuffer } from './keys.ts';

/** An accepted dataset as it is stored. It is not touched unless the file's header is good: open it at the first read. */
export interface Base {
  readonly input: AsyncIterable<Uint8Array>;
  /** In its order. */
  readonly columns: readonly string[];
}

/**
 * Copies a dataset that was checked before, byte for byte, and takes its keys. Answers how many records it has.
 * @throws what the input or the sink throws, and if the input is no dataset with these columns.
 */
export async function copyBase(
  base: Base,
  schema: TableSchema,
  keys: readonly Key[],
  accepted: Output,
): Promise<number> {
  const reader = new DatasetReader(base.input, base.columns);
  const taker = new KeyTaker(reader, base.columns, schema, keys);
  let rows = 0;
  accepted.text(lineOf(base.columns));
  try {
    await reader.header();
    while (!reader.done) {
      while (!accepted.full && reader.next()) {
        rows += 1;
        taker.take();
        accepted.append(reader.window.bytes, reader.recordStart, reader.scanner.end);
        accepted.byte(LF);
      }
      if (accepted.full) await accepted.flush();
      if (reader.starved) await reader.fill();
    }
  } finally {
    await reader.close();
  }
  return rows;
}

class KeyTaker {
  private readonly reader: DatasetReader;
  private readonly keys: readonly Key[];
  private readonly columns: readonly Column[];
  private readonly cells: readonly FastCell[];
  private readonly buffer = new KeyBuffer();

  /** @param keys of the file that joins; `parts` here are the columns of the base. */
  constructor(reader: DatasetReader, columns: readonly string[], schema: TableSchema, keys: readonly Key[]) {
    this.reader = reader;
    this.keys = keys.map((key) => ({ ...key, parts: key.fields.map((name) => columns.indexOf(name)) }));
    this.columns = columns.map((name) => {
      const field = schema.fields.find((candidate) => candidate.name === name);
      if (!field) throw new Error('the dataset has a column that the schema has not');
      return columnOf(field, schema);
    });
    this.cells = this.columns.map((column) => fastCellOf(column, columns.length));
  }

  take(): void {
    for (const key of this.keys) {
      this.buffer.clear();
      if (key.parts.every((part) => this.fill(part, key.parts.length === 1)))
        key.seen.add(this.buffer.bytes, 0, this.buffer.length);
    }
  }

  /** False where nothing is there that could collide. */
  private fill(part: number, alone: boolean): boolean {
    const {
      scanner,
      window: { bytes },
    } = this.reader;
    const start = scanner.offsets[part * 2] ?? 0;
    const end = scanner.offsets[part * 2 + 1] ?? 0;
    const outcome = this.cells[part]?.(bytes, start, end, scanner.flags[part] ?? 0);
    if (outcome === MISSING) return false;
    if (outcome === GOOD) return this.put(bytes, start, end, alone);
    const column = this.columns[part];
    const cell = column && judge(column, scanner.text(bytes, part));
    if (cell?.kind !== 'good') return false;
    const canonical = Buffer.from(column?.type.canonical(cell.value) ?? '', 'utf8');
    return this.put(canonical, 0, canonical.length, alone);
  }

  private put(bytes: Uint8Array, start: number, end: number, alone: boolean): boolean {
    if (alone) this.buffer.alone(bytes, start, end);
    else this.buffer.part(bytes, start, end);
    return true;
  }
}
