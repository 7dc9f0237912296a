import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import type { Blob } from './model.ts';

/** Files of bytes. A file counts only once the index names it; what no index names is rubbish of a killed process. */
export class Blobs {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Creates the directory and removes the files that are not in `known`. */
  async open(known: ReadonlySet<string>): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    const strays = (await readdir(this.#directory)).filter((id) => !known.has(id));
    await Promise.all(strays.map((id) => rm(this.#path(id), { force: true })));
  }

  /** Writes one file with `fill`; a failing `fill` leaves none behind. */
  async write<T>(fill: (file: FileHandle) => Promise<T>): Promise<{ readonly id: string; readonly filled: T }> {
    const id = randomUUID();
    const file = await open(this.#path(id), 'wx');
    try {
      return { id, filled: await fill(file) };
    } catch (error) {
      await rm(this.#path(id), { force: true });
      throw error;
    } finally {
      await file.close();
    }
  }

  /** The bytes `from` to `to` (inclusive) of the files put one after the other. */
  read(blobs: readonly Blob[], from: number, to: number): Readable {
    return Readable.from(this.#chunks(blobs, from, to), { objectMode: false });
  }

  async remove(blobs: readonly Blob[]): Promise<void> {
    await Promise.all(blobs.map(({ id }) => rm(this.#path(id), { force: true })));
  }

  async *#chunks(blobs: readonly Blob[], from: number, to: number): AsyncGenerator<Buffer> {
    let offset = 0;
    for (const { id, size } of blobs) {
      const [start, end] = [Math.max(from - offset, 0), Math.min(to - offset, size - 1)];
      if (start <= end) yield* createReadStream(this.#path(id), { start, end, highWaterMark: READ_BYTES });
      offset += size;
    }
  }

  #path(id: string): string {
    return join(this.#directory, id);
  }
}

const READ_BYTES = 256 * 1024;
