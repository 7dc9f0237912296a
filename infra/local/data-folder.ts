import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A mistake of whoever started the hub, to be told without a stack. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}

/** By this file a folder is known as a hub's, so that --fresh never empties another one. */
const MARK = 'exchange-hub-data';
const LOCK = 'lock';

/**
 * Makes the folder ready for this process, and for no other until the process ends, however it ends.
 * @returns whether it has the data of an earlier run
 * @throws StartRefusal where the folder holds something else, or another hub runs on it.
 */
export function takeDataFolder(directory: string, fresh: boolean): boolean {
  const entries = existsSync(directory) ? readdirSync(directory) : [];
  const ours = entries.length === 0 || entries.includes(MARK);
  if (!ours)
    throw new StartRefusal(`${directory} holds files that are not a hub's data; give another folder with --data.`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(
    join(directory, MARK),
    'The data of a local exchange hub. Delete the folder, or start with --fresh, to begin anew.\n',
  );
  lock(directory);
  const earlier = entries.filter((entry) => entry !== MARK && !entry.startsWith(LOCK));
  if (!fresh) return earlier.length > 0;
  for (const entry of earlier) rmSync(join(directory, entry), { recursive: true, force: true });
  return false;
}

/** Held for as long as this module lives. */
const held: DatabaseSync[] = [];

/** SQLite's lock is the operating system's: a killed process leaves none behind. */
function lock(directory: string): void {
  const database = new DatabaseSync(join(directory, LOCK), { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS lock (held); COMMIT');
  } catch (cause) {
    database.close();
    const busy = (cause as { errcode?: number }).errcode === SQLITE_BUSY;
    throw busy
      ? new StartRefusal(`${directory} is in use by another hub. Stop that, or give another folder with --data.`)
      : cause;
  }
  held.push(database);
}

const SQLITE_BUSY = 5;
