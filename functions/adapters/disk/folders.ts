import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'hub-run-';

/** An empty folder on the function's own disk. */
export interface Folder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * What a process that was killed has left goes first: Lambda gives its disk to the next one. The name of a folder says whose
 * it is, since functions of a local hub share a disk.
 */
export async function emptyFolder(): Promise<Folder> {
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX) && !isAlive(name));
  await Promise.all(left.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true })));
  const path = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

function isAlive(name: string): boolean {
  const pid = Number(/^hub-run-(\d+)-/.exec(name)?.[1]);
  if (pid === process.pid) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
