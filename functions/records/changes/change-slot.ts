import type { ChangeCounts } from '../../../schemas/contracts/deliveries.ts';
import type { ChangeWriter } from './change-writer.ts';
import type { Row } from './row.ts';

export type ChangesResult =
  | {
      readonly ok: true;
      /** The sum of `changes`. */
      readonly rows: number;
      readonly changes: ChangeCounts;
      readonly bytes: number;
      readonly sha256: string;
    }
  | { readonly ok: false; readonly error: unknown };

/** Holds the edits of one extract apart from the others: what they throw ends them and nothing else. */
export class ChangeSlot {
  private writer: ChangeWriter | undefined;
  private error: unknown;

  constructor(open: () => ChangeWriter) {
    try {
      this.writer = open();
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

  take(older: Row | undefined, newer: Row | undefined): void {
    try {
      this.writer?.take(older, newer);
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

  async finish(): Promise<ChangesResult> {
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
