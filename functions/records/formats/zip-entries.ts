import { Readable, pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';
import type { ScratchFile } from '../scratch/scratch-file.ts';

const PIECE_BYTES = 128 * 1024;
const STORED = 0;
const DEFLATED = 8;

/** The directory of a ZIP archive on the local disk, read by yauzl. @throws what yauzl does where it cannot be read */
export const openArchive = (file: ScratchFile, options: yauzl.Options = {}): Promise<yauzl.ZipFile> =>
  yauzl.fromRandomAccessReaderPromise(new ScratchReader(file), file.size, { ...options, autoClose: false });

/** Whether an entry can be read: it is not encrypted, and packed in one of the two ways that every program knows. */
export const isReadable = (entry: yauzl.Entry): boolean =>
  !entry.isEncrypted() && (entry.compressionMethod === STORED || entry.compressionMethod === DEFLATED);

/** An entry is not what the directory says of it. */
export class DamagedEntry extends Error {}

/**
 * What a readable entry unpacks to, each byte counted; no more than its directory says.
 * @param start of its packed bytes in the file
 * @throws DamagedEntry at the end, if length or CRC is another, and what unpacking throws
 */
export async function* entryBytes(
  file: ScratchFile,
  entry: Pick<yauzl.Entry, 'compressedSize' | 'compressionMethod' | 'uncompressedSize' | 'crc32'>,
  start: number,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  let checksum = 0;
  for await (const chunk of unpacked(entry.compressionMethod, pieces(file, start, entry.compressedSize))) {
    read += chunk.length;
    if (read > entry.uncompressedSize) break;
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (read !== entry.uncompressedSize || checksum !== entry.crc32) throw new DamagedEntry();
}

function unpacked(method: number, packed: Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (method === STORED) return Readable.from(packed) as AsyncIterable<Uint8Array>;
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  // What goes wrong reaches the reader of `inflate`.
  pipeline(Readable.from(packed), inflate, () => {});
  return inflate as AsyncIterable<Uint8Array>;
}

function* pieces(file: ScratchFile, start: number, length: number): Generator<Uint8Array> {
  for (let at = start; at < start + length;) {
    const piece = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, start + length - at));
    const read = file.read(at, piece);
    if (read === 0) return;
    at += read;
    yield piece.subarray(0, read);
  }
}

/** Reads at once, so that none is under way when the file is closed. */
class ScratchReader extends yauzl.RandomAccessReader {
  private readonly file: ScratchFile;

  constructor(file: ScratchFile) {
    super();
    this.file = file;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, read?: number) => void,
  ): void {
    const read = this.file.read(position, buffer.subarray(offset, offset + length));
    setImmediate(callback, null, read);
  }
}
