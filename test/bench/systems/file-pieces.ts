import { open } from 'node:fs/promises';

const PIECE_BYTES = 512 * 1024;

/** A file in pieces; the next is read while one is worked on, and takes its memory when the one after it is asked for. */
export async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  let [current, next] = [Buffer.allocUnsafeSlow(PIECE_BYTES), Buffer.allocUnsafeSlow(PIECE_BYTES)];
  try {
    let reading = file.read(current, 0, PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = file.read(next, 0, PIECE_BYTES);
      yield current.subarray(0, bytesRead);
      [current, next] = [next, current];
    }
  } finally {
    await file.close();
  }
}
