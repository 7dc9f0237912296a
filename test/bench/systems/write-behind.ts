import { type FileHandle, open } from 'node:fs/promises';
import type { ByteSink } from '../../../functions/records/index.ts';

/**
 * A file that is written while the engine goes on, one chunk at a time: as the hub writes to its bucket, which takes a
 * copy of each chunk and sends it behind the engine's back.
 */
export class WriteBehind implements ByteSink {
  readonly #file: FileHandle;
  #copy = Buffer.alloc(0);
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async to(path: string): Promise<WriteBehind> {
    return new WriteBehind(await open(path, 'w'));
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#writing;
    if (this.#copy.length < chunk.length) this.#copy = Buffer.allocUnsafeSlow(chunk.length);
    this.#copy.set(chunk);
    this.#writing = this.#file.writeFile(this.#copy.subarray(0, chunk.length));
    // Whoever writes or closes next throws it.
    this.#writing.catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }
}
