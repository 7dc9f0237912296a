import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A mistake of whoever started the hub, to be told without a stack. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}

/** By this file a folder is known as a hub's, so that --fresh never empties another one. */
const MARK = 'exchange-hub-data';

/** @throws StartRefusal where the folder holds something else. */
export function prepareDataFolder(directory: string, fresh: boolean): void {
  const entries = existsSync(directory) ? readdirSync(directory) : [];
  const ours = entries.length === 0 || entries.includes(MARK);
  if (!ours) throw new StartRefusal(`${directory} holds files that are not a hub's data; give another folder with --data.`);
  if (fresh) for (const entry of entries) rmSync(join(directory, entry), { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, MARK), 'The data of a local exchange hub. Delete the folder, or start with --fresh, to begin anew.\n');
}
