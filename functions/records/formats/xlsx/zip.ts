import { Readable, pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';
import type { ScratchFile } from '../../scratch/scratch-file.ts';
import { Inflation } from '../inflation.ts';
import { RefusedFile } from '../refused-file.ts';

/** Workbooks have some dozens; one with a picture in every row, some thousands. */
const MAX_ENTRIES = 20_000;
const PIECE_BYTES = 128 * 1024;
const STORED = 0;
const DEFLATED = 8;

/** A ZIP archive on the local disk. Its directory is read by yauzl, its entries here, each byte of them counted. */
export class Zip {
  private readonly file: ScratchFile;
  private readonly archive: yauzl.ZipFile;
  private readonly entries: ReadonlyMap<string, yauzl.Entry>;
  private readonly inflation: Inflation;

  private constructor(file: ScratchFile, archive: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>) {
    this.file = file;
    this.archive = archive;
    this.entries = entries;
    this.inflation = new Inflation(file.size);
  }

  /** @throws RefusedFile if it is no archive that can be read, or declares to inflate beyond the bounds. */
  static async open(file: ScratchFile): Promise<Zip> {
    try {
      const archive = await yauzl.fromRandomAccessReaderPromise(new ScratchReader(file), file.size, {
        autoClose: false,
      });
      if (archive.entryCount > MAX_ENTRIES)
        throw new RefusedFile('too-large', `the workbook has more than ${MAX_ENTRIES} parts`);
      return new Zip(file, archive, await entriesOf(archive, new Inflation(file.size)));
    } catch (error) {
      throw unreadable(error);
    }
  }

  /** Names of parts compare without regard to case (ECMA-376, part 2). */
  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** @throws RefusedFile, while it is read, if it is damaged or inflates beyond what it declares or the bounds allow. */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry)
      throw new RefusedFile('unreadable', `the workbook lacks its part ${JSON.stringify(name.slice(0, 100))}`);
    if (entry.isEncrypted() || (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED))
      throw new RefusedFile('unreadable', 'the workbook is encrypted, or compressed in a way that workbooks are not');
    let read = 0;
    let checksum = 0;
    try {
      for await (const chunk of await this.unpacked(entry)) {
        read += chunk.length;
        if (read > entry.uncompressedSize) break;
        this.inflation.add(chunk.length);
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    } catch (error) {
      throw unreadable(error);
    }
    if (read !== entry.uncompressedSize || checksum !== entry.crc32)
      throw new RefusedFile('unreadable', 'the workbook is damaged: a part of it is not what its directory says');
  }

  private async unpacked(entry: yauzl.Entry): Promise<AsyncIterable<Uint8Array>> {
    const { fileDataStart } = await this.archive.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = pieces(this.file, fileDataStart, entry.compressedSize);
    if (entry.compressionMethod === STORED) return Readable.from(packed) as AsyncIterable<Uint8Array>;
    const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
    // What goes wrong reaches the reader of `inflate`.
    pipeline(Readable.from(packed), inflate, () => {});
    return inflate as AsyncIterable<Uint8Array>;
  }
}

async function entriesOf(archive: yauzl.ZipFile, declared: Inflation): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  for await (const entry of archive.eachEntry()) {
    declared.add(entry.uncompressedSize);
    const name = entry.fileName.toLowerCase();
    if (entries.has(name))
      throw new RefusedFile('unreadable', 'the workbook has two parts of one name, so that readers may differ on it');
    entries.set(name, entry);
  }
  return entries;
}

const unreadable = (error: unknown): RefusedFile =>
  error instanceof RefusedFile
    ? error
    : new RefusedFile('unreadable', 'the workbook is damaged: its ZIP archive cannot be read', error);

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
