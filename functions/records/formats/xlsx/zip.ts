import type yauzl from 'yauzl';
import type { ScratchFile } from '../../scratch/scratch-file.ts';
import { Inflation } from '../inflation.ts';
import { RefusedFile } from '../refused-file.ts';
import { DamagedEntry, entryBytes, isReadable, openArchive } from '../zip-entries.ts';

/** Workbooks have some dozens; one with a picture in every row, some thousands. */
const MAX_ENTRIES = 20_000;

/** The ZIP archive that a workbook is, on the local disk; each byte that is unpacked is counted. */
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
      const archive = await openArchive(file);
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
    if (!isReadable(entry))
      throw new RefusedFile('unreadable', 'the workbook is encrypted, or compressed in a way that workbooks are not');
    try {
      const { fileDataStart } = await this.archive.readLocalFileHeaderPromise(entry, { minimal: true });
      for await (const chunk of entryBytes(this.file, entry, fileDataStart)) {
        this.inflation.add(chunk.length);
        yield chunk;
      }
    } catch (error) {
      throw unreadable(error);
    }
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

function unreadable(error: unknown): RefusedFile {
  if (error instanceof RefusedFile) return error;
  return error instanceof DamagedEntry
    ? new RefusedFile('unreadable', 'the workbook is damaged: a part of it is not what its directory says')
    : new RefusedFile('unreadable', 'the workbook is damaged: its ZIP archive cannot be read', error);
}
