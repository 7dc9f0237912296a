import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { damaged, digestOfChunk, metadataOf, placeOf, TRAILER_BYTES } from './sorted-index.ts';

/** The end of a sealed file: what is read first, and proves all the rest. */
export interface Tail {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes the digest of each column of each row group between the last of them and Parquet's own metadata, where no reader
 * of Parquet looks: its metadata name places from the start of the file, and are themselves found from its end. So one
 * digest, that of the end, proves every part that is read by itself.
 */
export async function sealFile(path: string): Promise<Tail> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const trailer = await bytesOf(file, size - TRAILER_BYTES, size);
    const start = size - TRAILER_BYTES - trailer.readUInt32LE(0);
    const footer = await bytesOf(file, start, size);
    const digests: Buffer[] = [];
    for (const { columns } of metadataOf(footer).row_groups)
      for (const { meta_data: meta } of columns) {
        if (!meta) throw damaged('a row group lacks columns');
        const place = placeOf(meta, start);
        digests.push(digestOfChunk(await bytesOf(file, place.start, place.end)));
      }
    const tail = Buffer.concat([...digests, footer]);
    await file.write(tail, 0, tail.length, start);
    return { bytes: tail.length, sha256: createHash('sha256').update(tail).digest('base64') };
  } finally {
    await file.close();
  }
}

async function bytesOf(file: FileHandle, start: number, end: number): Promise<Buffer> {
  if (start < 0) throw damaged('it is too short');
  const bytes = Buffer.allocUnsafe(end - start);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  if (bytesRead !== bytes.length) throw damaged('it is shorter than it was');
  return bytes;
}
