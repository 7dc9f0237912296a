import type { Sha256 } from '../csv/digest.ts';
import type { Written } from '../csv/output.ts';

/** What takes records, or edits, and gathers their bytes. */
interface Writer<Taken extends readonly unknown[], Done> {
  readonly output: { readonly full: boolean; flush(): Promise<void> };
  take(...taken: Taken): void;
  finish(): Promise<Done>;
}

export type SlotResult<Done> = ({ readonly ok: true } & Done) | { readonly ok: false; readonly error: unknown };

export type WrittenExtract<Digest extends object = Sha256> = Written<Digest> & { readonly rows: number };
/** An extract of a dataset, once written. */
export type ExtractResult<Digest extends object = Sha256> = SlotResult<WrittenExtract<Digest>>;

/** Holds one of several outputs apart from its neighbours: what it throws ends it and nothing else. */
export class Slot<Taken extends readonly unknown[], Done extends object> {
  private writer: Writer<Taken, Done> | undefined;
  private error: unknown;

  constructor(begin: () => Writer<Taken, Done>) {
    try {
      this.writer = begin();
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

  take(...taken: Taken): void {
    try {
      this.writer?.take(...taken);
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

  async finish(): Promise<SlotResult<Done>> {
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
