import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ByteSink } from '../../../records/index.ts';

const CHUNK = 1024 * 1024;

/** A file on the local disk, anew at each call. @throws `signal.reason` once that is aborted */
export async function* fileBytes(path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    signal?.throwIfAborted();
    yield chunk as Buffer;
  }
}

/** Writes a file on the local disk, as long as `write` goes on. */
export async function withFile<T>(path: string, write: (sink: ByteSink) => Promise<T>): Promise<T> {
  const file = await open(path, 'w');
  try {
    return await write({ write: (chunk) => file.writeFile(chunk) });
  } finally {
    await file.close();
  }
}
