import type yauzl from 'yauzl';
import type { Encoding } from '../../../schemas/contracts/uploads.ts';
import { Inflation } from '../formats/inflation.ts';
import { RefusedFile } from '../formats/refused-file.ts';
import { entryBytes, isReadable, openArchive } from '../formats/zip-entries.ts';
import type { ScratchFile } from '../scratch/scratch-file.ts';

/** Entries of one archive: their directory is held in memory. */
export const MAX_ENTRIES = 20_000;

/** Bit 11 of the general purpose flags: the name is UTF-8 (APPNOTE.TXT, appendix D). */
const UTF8_NAME = 0x800;
const LOCAL_HEADER_BYTES = 30;

/** A file in the archive. */
export interface ArchivedFile {
  /** As its directory has it; undefined where it is no text in the announced encoding. */
  readonly name: string | undefined;
  /** What it unpacks to, as its directory says. */
  readonly bytes: number;
  /** @throws RefusedFile if that is not what is there, or it is within another one */
  read(): Promise<Buffer>;
}

/**
 * The files of an archive in the order of its directory; folders are none. Nothing is unpacked before it is asked for.
 * @throws RefusedFile if the archive as a whole is not to be trusted: damaged, encrypted, with entries that lie one within
 * another, or more of them than are taken
 */
export async function filesOf(file: ScratchFile, encoding: Encoding): Promise<readonly ArchivedFile[]> {
  try {
    const archive = await openArchive(file, { decodeStrings: false });
    if (archive.entryCount > MAX_ENTRIES)
      throw new RefusedFile('too-large', `the archive has more than ${MAX_ENTRIES} entries; send it in several`);
    const entries: yauzl.Entry[] = [];
    for await (const entry of archive.eachEntry()) entries.push(entry);
    const ends = mustLieApart(entries, file.size);
    if (!entries.every(isReadable))
      throw new RefusedFile('unreadable', 'the archive is encrypted, or compressed in another way than deflate');
    const inflation = new Inflation(file.size);
    return entries
      .map((entry) => ({ entry, name: nameOf(entry, encoding) }))
      .filter(({ name }) => !name?.endsWith('/'))
      .map(({ entry, name }) => ({
        name,
        bytes: entry.uncompressedSize,
        read: () => unpacked(file, archive, entry, ends.get(entry) ?? 0, inflation),
      }));
  } catch (error) {
    throw unreadable(error);
  }
}

/**
 * Where each entry must have ended: where the next begins. Entries that share their packed bytes are how a small archive
 * unpacks to a huge one, and how two programs read two things out of one.
 */
function mustLieApart(entries: readonly yauzl.Entry[], size: number): ReadonlyMap<yauzl.Entry, number> {
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  return new Map(
    inOrder.map((entry, i) => {
      const end = inOrder[i + 1]?.relativeOffsetOfLocalHeader ?? size;
      const least = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + rawName(entry).length;
      if (!(least + entry.compressedSize <= end)) throw overlapping();
      return [entry, end];
    }),
  );
}

const overlapping = () => new RefusedFile('unreadable', 'entries of the archive lie one within another');

async function unpacked(
  file: ScratchFile,
  archive: yauzl.ZipFile,
  entry: yauzl.Entry,
  end: number,
  inflation: Inflation,
): Promise<Buffer> {
  try {
    const { fileDataStart, fileName } = await archive.readLocalFileHeaderPromise(entry);
    if (fileDataStart + entry.compressedSize > end) throw overlapping();
    if (!fileName.equals(rawName(entry)))
      throw new RefusedFile('unreadable', 'an entry of the archive has two names, so that readers may differ on it');
    const chunks: Uint8Array[] = [];
    for await (const chunk of entryBytes(file, entry, fileDataStart)) {
      inflation.add(chunk.length);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw unreadable(error);
  }
}

/** `fileName` is the raw name, too, where yauzl is not to decode it; its types say otherwise. */
const rawName = ({ fileNameRaw }: yauzl.Entry): Buffer => fileNameRaw;

function nameOf(entry: yauzl.Entry, encoding: Encoding): string | undefined {
  const isUtf8 = (entry.generalPurposeBitFlag & UTF8_NAME) !== 0;
  try {
    return new TextDecoder(isUtf8 ? 'utf-8' : encoding, { fatal: true, ignoreBOM: true }).decode(rawName(entry));
  } catch {
    return undefined;
  }
}

const unreadable = (error: unknown): RefusedFile =>
  error instanceof RefusedFile
    ? error
    : new RefusedFile('unreadable', 'the archive is damaged: its ZIP cannot be read', error);
