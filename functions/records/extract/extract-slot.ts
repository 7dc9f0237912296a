import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import type { Cells } from '../csv/cells.ts';
import type { Memory } from '../csv/memory.ts';
import type { ByteSink } from '../csv/output.ts';
import { type DatasetSource, ExtractWriter } from './extract-writer.ts';

export type ExtractResult =
  | { readonly ok: true; readonly rows: number; readonly bytes: number; readonly sha256: string }
  | { readonly ok: false; readonly error: unknown };

/** Holds one extract apart from its neighbours: what it throws ends it and nothing else. */
export class ExtractSlot {
  private writer: ExtractWriter | undefined;
  private error: unknown;

  constructor(spec: ExtractSpec, source: DatasetSource, sink: ByteSink) {
    try {
      this.writer = new ExtractWriter(spec, source, sink);
    } catch (error) {
      this.fail(error);
    }
  }

  get open(): boolean {
    return this.writer !== undefined;
  }

  get full(): boolean {
    return this.writer?.output.full ?? false;
  }

  /** All records of a block. */
  take(memory: Memory, block: Cells): void {
    try {
      this.writer?.take(memory, block);
    } catch (error) {
      this.fail(error);
    }
  }

  async flush(): Promise<void> {
    if (!this.writer?.output.full) return;
    try {
      await this.writer.output.flush();
    } catch (error) {
      this.fail(error);
    }
  }

  async finish(): Promise<ExtractResult> {
    if (!this.writer) return { ok: false, error: this.error };
    try {
      return { ok: true, ...(await this.writer.finish()) };
    } catch (error) {
      return { ok: false, error };
    }
  }

  private fail(error: unknown): void {
    this.writer = undefined;
    this.error = error;
  }
}
