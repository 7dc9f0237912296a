import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Maker } from '../../datasets/represent/ports.ts';
import { Unfit } from '../../datasets/representation/unfit.ts';
import { LongLine } from '../../records/index.ts';
import type { DatabaseOptions } from './database.ts';
import { writeRepresentation } from './representation-file.ts';

const PREFIX = 'hub-represent-';
/** Longer than any attempt is under way. */
const LEFT_OVER_MS = 20 * 60 * 1000;
const CHUNK_BYTES = 1024 ** 2;

/** Makes representations in folders of their own under the system's for temporary files (in Lambda: `/tmp`). */
export const duckdbMaker = (options: Omit<DatabaseOptions, 'folder'>): Maker => ({
  async make({ input, ...source }, use) {
    await removeLeftOver();
    const folder = await mkdtemp(join(tmpdir(), PREFIX));
    try {
      const { path, ...file } = await writeRepresentation(input, source, { ...options, folder }).catch(told);
      return await use({ ...file, bytes: createReadStream(path, { highWaterMark: CHUNK_BYTES }) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

/** What takes more memory or disk than there is takes it at every try. */
function told(error: unknown): never {
  const isTooLarge = error instanceof LongLine || /^Error: Out of Memory Error\b/.test(String(error));
  throw isTooLarge ? new Unfit('too-large', { cause: error }) : error;
}

/** Folders of attempts that were killed: a function's disk outlives its process. */
async function removeLeftOver(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const found = await stat(folder).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > LEFT_OVER_MS) await rm(folder, { recursive: true, force: true });
  }
}
