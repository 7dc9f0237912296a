import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 50;
/** Nothing here takes as long; and a process of that number may be another one by then. */
const STALE_MS = 5 * 60_000;

/**
 * Has something made by one of several processes that want it, while the others wait: made side by side it would take each
 * of them as many times as long. Where its maker has died, the next one makes it.
 * @param lock a file that is there while it is being made
 * @returns whether this process made it
 */
export async function madeOnce(lock: string, isMade: () => boolean, make: () => Promise<void>): Promise<boolean> {
  while (!isMade()) {
    if (!taken(lock)) {
      await pause(LOOK_MS);
      continue;
    }
    try {
      await make();
      return true;
    } finally {
      rmSync(lock, { force: true });
    }
  }
  return false;
}

function taken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (isAbandoned(lock)) rmSync(lock, { force: true });
  return false;
}

function isAbandoned(lock: string): boolean {
  try {
    return statSync(lock).mtimeMs < Date.now() - STALE_MS || !isAlive(Number(readFileSync(lock, 'utf8')));
  } catch {
    // Gone meanwhile.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
