import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readLocalHub, type LocalHub } from '../node/hub-file.ts';

export interface HubProcess {
  readonly hub: LocalHub;
  stop(): Promise<void>;
}

/** Boots a local hub of its own on free ports and waits until it is ready; `onLine` gets what it prints. */
export async function bootHub(dataDir: string, onLine: (line: string) => void): Promise<HubProcess> {
  const main = fileURLToPath(new URL('../../infra/local/main.mjs', import.meta.url));
  const child = spawn(process.execPath, [main, '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
  const stop = () => end(child);
  try {
    return { hub: await ready(child, dataDir), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ready(child: ChildProcess, dataDir: string): Promise<LocalHub> {
  for (;;) {
    const hub = await readLocalHub(dataDir).catch(() => undefined);
    if (hub) return hub;
    if (child.exitCode !== null)
      throw new Error(`the hub stopped with exit code ${child.exitCode} before it was ready`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
