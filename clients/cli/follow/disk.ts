import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import type { ByteSink } from '../../../functions/records/csv/output.ts';
import { readIfThere, writeWhole } from '../watch/durable.ts';

/** What a copy does to the disk, a step each: a process may die between any two of them. */
export interface Disk {
  /** What an earlier process left in it goes. */
  emptyFolder(path: string): Promise<void>;
  /** A small file as a whole, on the disk when this resolves. */
  note(path: string, text: string): Promise<void>;
  noted(path: string): Promise<string | undefined>;
  /** A new file, in place of one that is there. */
  create(path: string): Promise<NewFile>;
  /** In place of what is there, on the disk when this resolves. */
  move(from: string, to: string, folder: string): Promise<void>;
  read(path: string): AsyncIterable<Uint8Array>;
  /** Base64; undefined where there is no file. */
  digest(path: string): Promise<string | undefined>;
}

export interface NewFile extends ByteSink {
  /** Its bytes are on the disk. */
  close(): Promise<void>;
}

export const disk: Disk = {
  emptyFolder: async (path) => {
    await rm(path, { recursive: true, force: true });
    await mkdir(path, { recursive: true });
  },
  note: writeWhole,
  noted: readIfThere,
  create: async (path) => new Written(await open(path, 'w', 0o600)),
  move: async (from, to, folder) => {
    await rename(from, to);
    await syncFolder(folder);
  },
  read: (path) => createReadStream(path, { highWaterMark: 1024 ** 2 }),
  digest: async (path) => {
    const hash = createHash('sha256');
    try {
      for await (const chunk of createReadStream(path, { highWaterMark: 1024 ** 2 })) hash.update(chunk as Buffer);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw fault;
    }
    return hash.digest('base64');
  },
};

class Written implements NewFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#handle.writeFile(chunk);
  }

  async close(): Promise<void> {
    try {
      await this.#handle.sync();
    } finally {
      await this.#handle.close();
    }
  }
}

/** A new name is on the disk once its folder is (fsync(2)). */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
