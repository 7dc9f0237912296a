import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `hub.json`, which a local hub writes when it is ready. */
export interface LocalHub {
  readonly api: string;
  readonly aws: string;
  readonly region: string;
  readonly credentials: string;
  readonly departments: readonly string[];
}

export const readLocalHub = async (dataDir: string): Promise<LocalHub> =>
  JSON.parse(await readFile(join(dataDir, 'hub.json'), 'utf8')) as LocalHub;
