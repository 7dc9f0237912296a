import { createReadStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import type { PresignedPut } from '../../../../schemas/contracts/uploads.ts';

/** A connection over which nothing moves for so long is dead; the storage may need as long to answer. */
const IDLE_MS = 90_000;

export interface Slice {
  readonly file: string;
  /** First byte, from 0. */
  readonly from: number;
  readonly bytes: number;
}

/** The storage did not take the bytes. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
  readonly status: number;

  constructor(status: number, text: string) {
    super(`the storage answered ${status} ${/<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? ''}`.trimEnd());
    this.status = status;
  }
}

/** Sends a slice of a file to a presigned URL, with exactly the headers that were signed. `onBytes`: bytes more. */
export async function putBytes(
  { url, headers }: PresignedPut,
  { file, from, bytes }: Slice,
  signal: AbortSignal,
  onBytes: (more: number) => void,
): Promise<void> {
  const idle = new AbortController();
  const watch = setTimeout(() => idle.abort(new Error(`nothing moved for ${IDLE_MS / 1000} s`)), IDLE_MS);
  const metered = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      watch.refresh();
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  const source = createReadStream(file, { start: from, end: from + bytes - 1, highWaterMark: 256 * 1024 });
  source.on('error', (fault) => metered.destroy(fault));
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers,
      body: Readable.toWeb(source.pipe(metered)),
      duplex: 'half',
      signal: AbortSignal.any([signal, idle.signal]),
    });
    const text = await response.text();
    if (!response.ok) throw new StorageFault(response.status, text);
  } finally {
    clearTimeout(watch);
    source.destroy();
  }
}
