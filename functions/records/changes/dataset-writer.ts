import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { missingCell, type Shape } from '../check/shape.ts';
import { blockOf, type Cells } from '../csv/cells.ts';
import { Layout, type Source } from '../csv/layout.ts';
import type { AnyOutput } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { LF } from '../csv/scanner.ts';
import { MAX_RECORD_BYTES } from '../csv/window.ts';
import type { Extraction } from '../extract/extraction.ts';
import { KeptRow } from './row.ts';

interface Parts {
  readonly shape: Shape;
  readonly schema: TableSchema;
  readonly accepted: AnyOutput;
  readonly extraction: Extraction | undefined;
}

/** A dataset under way, made of records of a base and of a file; the extracts copy from what is gathered to be written. */
export class DatasetWriter {
  rows = 0;
  tooLong = 0;
  private readonly accepted: AnyOutput;
  private readonly extraction: Extraction | undefined;
  /** Of a record of the base; undefined where that is copied as it is. */
  private readonly copied: Layout | undefined;
  private readonly upserted: Layout;
  private readonly record: KeptRow;
  private readonly placed: Cells | undefined;

  constructor({ shape, schema, accepted, extraction }: Parts, before: readonly string[]) {
    const { columns, stored, storedLayout } = shape;
    if (!storedLayout) throw new Error('edits have a column that is not stored');
    this.accepted = accepted;
    this.extraction = extraction;
    this.upserted = storedLayout;
    this.record = new KeptRow(columns.length);
    this.placed = extraction && blockOf(stored.length);
    const sources = stored.map((name, i): Source => (i < before.length ? i : missingCell(name, schema)));
    this.copied = sources.length === before.length && !extraction ? undefined : new Layout(sources);
    accepted.text(lineOf(stored));
  }

  get full(): boolean {
    return this.accepted.full || this.extraction?.full === true;
  }

  /** A record of the base. */
  copy(bytes: Buffer, cells: Cells, start: number, end: number): void {
    const { copied, accepted } = this;
    if (copied && copied.size(cells) > MAX_RECORD_BYTES) {
      this.tooLong += 1;
      return;
    }
    if (copied) copied.write(bytes, cells, accepted, this.placed);
    else accepted.append(bytes, start, end);
    this.ended();
  }

  /** @param row of the file, without its line break */
  upsert(row: Buffer): void {
    const { memory, cells } = this.record.copy(row);
    this.upserted.write(memory.bytes, cells, this.accepted, this.placed);
    this.ended();
  }

  async flush(): Promise<void> {
    if (!this.full) return;
    this.extract();
    if (this.accepted.full) await this.accepted.flush();
    await this.extraction?.flush();
  }

  /** Before what is gathered is gone. */
  extract(): void {
    if (this.placed) this.extraction?.take(this.accepted.memory, this.placed);
  }

  private ended(): void {
    this.accepted.byte(LF);
    this.rows += 1;
    this.placed?.keep();
    if (this.placed?.full === true) this.extract();
  }
}
