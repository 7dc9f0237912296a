import { createReadStream } from 'node:fs';

/** A file's bytes, telling how many there have been. */
export async function* metered(
  file: string,
  signal: AbortSignal | undefined,
  onBytes: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 ** 2, signal })) {
    done += (chunk as Uint8Array).length;
    onBytes(done);
    yield chunk as Uint8Array;
  }
}
