import { createHash } from 'node:crypto';
import type { Disk } from '../../clients/cli/follow/disk.ts';

/** A disk in memory: for tests whose processes die a hundred times, and for which nothing has to reach a real one. */
export class MemoryDisk implements Disk {
  readonly #files = new Map<string, Buffer>();

  async emptyFolder(path: string): Promise<void> {
    for (const name of this.#files.keys()) if (name.startsWith(`${path}/`)) this.#files.delete(name);
  }

  async note(path: string, text: string): Promise<void> {
    this.#files.set(path, Buffer.from(text));
  }

  async noted(path: string): Promise<string | undefined> {
    return this.#files.get(path)?.toString();
  }

  async create(path: string) {
    this.#files.set(path, Buffer.alloc(0));
    return {
      write: async (chunk: Uint8Array) => void this.#files.set(path, Buffer.concat([this.#read(path), chunk])),
      close: async () => {},
    };
  }

  async move(from: string, to: string): Promise<void> {
    this.#files.set(to, this.#read(from));
    this.#files.delete(from);
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    yield this.#read(path);
  }

  async digest(path: string): Promise<string | undefined> {
    const bytes = this.#files.get(path);
    return bytes && createHash('sha256').update(bytes).digest('base64');
  }

  #read(path: string): Buffer {
    const bytes = this.#files.get(path);
    if (!bytes) throw Object.assign(new Error(`there is no ${path}`), { code: 'ENOENT' });
    return bytes;
  }
}
