import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

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

  /** Sends the bytes `from` to `to` (inclusive) of the files put one after the other; does not end `out`. */
  async send(blobs: readonly Blob[], from: number, to: number, out: Writable): Promise<void> {
    const memory = [Buffer.allocUnsafeSlow(READ_BYTES), Buffer.allocUnsafeSlow(READ_BYTES)] as const;
    let turn: 0 | 1 = 0;
    let sending: Promise<void> = Promise.resolve();
    for (const { id, start, end } of stretches(blobs, from, to)) {
      const file = await open(this.#path(id));
      try {
        for (let at = start; at <= end;) {
          const { bytesRead } = await file.read(memory[turn], 0, Math.min(READ_BYTES, end + 1 - at), at);
          if (bytesRead === 0) throw new Error(`the file ${id} is shorter than the index says`);
          await sending;
          sending = sent(out, memory[turn].subarray(0, bytesRead));
          // Whoever waits next throws it; until then it must not count as unhandled.
          sending.catch(() => undefined);
          turn = turn === 0 ? 1 : 0;
          at += bytesRead;
        }
      } finally {
        await file.close();
      }
    }
    await sending;
  }

  async remove(blobs: readonly Blob[]): Promise<void> {
    await Promise.all(blobs.map(({ id }) => rm(this.#path(id), { force: true })));
  }

  #path(id: string): string {
    return join(this.#directory, id);
  }
}

/** Two of these for each answer, used in turn: memory that lies outside V8's heap makes it collect all of its heap. */
const READ_BYTES = 512 * 1024;

function* stretches(blobs: readonly Blob[], from: number, to: number) {
  let offset = 0;
  for (const { id, size } of blobs) {
    const [start, end] = [Math.max(from - offset, 0), Math.min(to - offset, size - 1)];
    if (start <= end) yield { id, start, end };
    offset += size;
  }
}

/** Done when the bytes are out and their memory may be used again. */
function sent(out: Writable, bytes: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const gone = () => reject(new Error('the reader went away'));
  out.once('close', gone);
  out.write(bytes, (error) => (error ? reject(error) : resolve()));
  return promise.finally(() => out.off('close', gone));
}
