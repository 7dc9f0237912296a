import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { ByteSink } from '../../../../functions/records/index.ts';

export const nowhere: ByteSink = { write: () => {} };

/** A file that appears under its name only when it is complete and wanted. */
export class FileSink implements ByteSink {
  readonly path: string;
  #handle: FileHandle | undefined;

  constructor(path: string) {
    this.path = path;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#handle ??= await open(this.#part, 'w');
    await this.#handle.writeFile(chunk);
  }

  /** @returns where it is, if it is wanted */
  async finish(wanted: boolean): Promise<string | undefined> {
    if (!wanted) {
      await this.discard();
      return undefined;
    }
    await this.write(new Uint8Array());
    await this.#handle?.close();
    await rename(this.#part, this.path);
    return this.path;
  }

  async discard(): Promise<void> {
    await this.#handle?.close();
    await rm(this.#part, { force: true });
  }

  get #part(): string {
    return `${this.path}.part`;
  }
}

/** Keeps the beginning of what passes, and hands all of it on. */
export class HeadSink implements ByteSink {
  readonly #next: ByteSink;
  readonly #kept: Buffer[] = [];
  #room: number;

  constructor(room: number, next: ByteSink) {
    this.#room = room;
    this.#next = next;
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#room > 0) {
      const kept = Buffer.from(chunk.subarray(0, this.#room));
      this.#kept.push(kept);
      this.#room -= kept.length;
    }
    await this.#next.write(chunk);
  }

  async *head(): AsyncGenerator<Uint8Array> {
    yield* this.#kept;
  }
}
