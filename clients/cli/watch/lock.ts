import { createHash } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exit, Failure } from '../terminal/failure.ts';

/**
 * One watch a folder (`who`: what to call it). A socket that is listened to, rather than a file with a process id: the system lets go of it
 * however the process ends, and no process id can be taken for another's. Its path is short (108 bytes at most).
 */
export async function lockFolder(folder: string, who = 'hub watch'): Promise<() => void> {
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 24);
  const path = join(tmpdir(), `hub-watch-${name}.sock`);
  const server = (await listen(path)) ?? (await afterTheDead(path));
  if (!server) throw taken(folder, who);
  server.unref();
  return () => server.close();
}

async function afterTheDead(path: string): Promise<Server | undefined> {
  if (await answers(path)) return undefined;
  await rm(path, { force: true });
  return listen(path);
}

const listen = (path: string): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (fault: NodeJS.ErrnoException) =>
      fault.code === 'EADDRINUSE' ? resolve(undefined) : reject(fault),
    );
    server.listen(path, () => resolve(server));
  });

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (fault: NodeJS.ErrnoException) =>
      resolve(fault.code !== 'ECONNREFUSED' && fault.code !== 'ENOENT'),
    );
  });

const taken = (folder: string, who: string): Failure =>
  new Failure({
    what: `Another ${who} is running on ${folder}.`,
    next: ['Stop it first, or give this one a folder of its own: --to DIR.'],
    code: 'folder-taken',
    exit: exit.usage,
  });
