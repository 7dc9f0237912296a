import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, writeWhole } from './durable.ts';

const Running = z.object({ pid: z.int(), deliveryId: z.string() });

/** The program that is under way, noted in the folder: a watch that is killed leaves it running. */
export class LeftBehind {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, 'running.json');
  }

  async note(pid: number, deliveryId: string): Promise<void> {
    await writeWhole(this.#file, JSON.stringify({ pid, deliveryId }));
  }

  async ended(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  /**
   * Whether the program of an earlier watch is still at work. Its environment tells that the process is the one that
   * was noted; where there is no /proc (macOS), nobody knows, and the answer is no.
   */
  async isRunning(): Promise<boolean> {
    const text = await readIfThere(this.#file);
    const noted = Running.safeParse(text === undefined ? undefined : jsonOf(text)).data;
    if (!noted) return false;
    const environment = await readFile(`/proc/${noted.pid}/environ`, 'utf8').catch(() => '');
    return environment.split('\0').includes(`HUB_DELIVERY_ID=${noted.deliveryId}`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
