import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileKind } from '../checking/file-kind.ts';

/** What makes a command the same command as an interrupted one. */
export interface Identity {
  readonly api: string;
  readonly resourceId: string;
  readonly kind: FileKind;
  readonly fixes: string | undefined;
  readonly bytes: number;
  readonly sha256: string;
  readonly partBytes: number | undefined;
}

/**
 * What is kept of an upload under way, so that the same command goes on with it: ids and part numbers, none of the data.
 * A line each, appended: whatever moment the process dies, the lines before it count. The hub has the last word on
 * which parts are there; the journal only saves sending them again.
 */
export class Journal {
  readonly #path: string;
  /** Announcing twice with one key has one effect, also when the answer to the first got lost. */
  readonly key: string;
  readonly done: Set<number>;
  /** Whether an earlier run left it. */
  readonly found: boolean;
  #uploadId: string | undefined;

  private constructor(path: string, left?: { readonly key: string; uploadId: string | undefined; done: number[] }) {
    this.#path = path;
    this.found = left !== undefined;
    this.key = left?.key ?? randomUUID();
    this.#uploadId = left?.uploadId;
    this.done = new Set(left?.done);
  }

  static async open(folder: string, identity: Identity): Promise<Journal> {
    const path = join(folder, createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32));
    const lines = await linesOf(path);
    const key = lines.find((line) => line.startsWith('key '))?.slice(4);
    if (key === undefined) return Journal.#begin(path);
    const uploadId = lines.find((line) => line.startsWith('upload '))?.slice(7);
    const done = lines.flatMap((line) => /^part (\d+)$/.exec(line)?.[1] ?? []).map(Number);
    return new Journal(path, { key, uploadId, done });
  }

  static async #begin(path: string): Promise<Journal> {
    const journal = new Journal(path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `key ${journal.key}\n`, { mode: 0o600 });
    return journal;
  }

  get uploadId(): string | undefined {
    return this.#uploadId;
  }

  async announced(uploadId: string): Promise<void> {
    this.#uploadId = uploadId;
    await this.#append(`upload ${uploadId}`);
  }

  async sent(part: number): Promise<void> {
    this.done.add(part);
    await this.#append(`part ${part}`);
  }

  /** The upload came to its end: the same command begins a new one. */
  async close(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  /** The upload cannot go on: a fresh journal in its place. */
  async startAnew(): Promise<Journal> {
    await this.close();
    return Journal.#begin(this.#path);
  }

  async #append(line: string): Promise<void> {
    await appendFile(this.#path, `${line}\n`);
  }
}

/** Whole lines only: the last one may have been cut by the end of the process; what follows must not join it. */
async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text !== '' && !text.endsWith('\n')) await appendFile(path, ' cut\n');
  return text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
}
