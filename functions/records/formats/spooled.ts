import { ScratchFile } from '../scratch/scratch-file.ts';

/** Puts a file on the local disk, for a reader that must know its end before its beginning. */
export async function* spooled(
  input: AsyncIterable<Uint8Array>,
  read: (file: ScratchFile) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const file = new ScratchFile();
  try {
    for await (const chunk of input) file.append(chunk);
    yield* read(file);
  } finally {
    file.close();
  }
}
