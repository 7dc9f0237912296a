import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeWhole } from '../watch/durable.ts';

/** What makes a command the same command as an interrupted one. */
export interface Identity {
  readonly api: string;
  readonly agreement: string;
  readonly kind: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly format: string;
  readonly sheet: string | undefined;
  readonly encoding: string;
  /** Of the list itself, which stays here. */
  readonly sha256: string;
}

interface Sent {
  readonly comparisonId: string;
  /** A file of the journal's folder: what `keyList` wrote of the list. */
  readonly digests: string;
}

/**
 * What is kept of a blind comparison under way, so that the same command goes on with it: its id, and the digests of the
 * list's keys, which turn the result back and say nothing without the run's key. That is kept nowhere.
 */
export class BlindJournal {
  readonly folder: string;
  #sent: Sent | undefined;
  #digests: string;

  private constructor(folder: string, sent: Sent | undefined) {
    this.folder = folder;
    this.#sent = sent;
    this.#digests = sent?.digests ?? randomUUID();
  }

  static async open(folder: string, identity: Identity): Promise<BlindJournal> {
    const own = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
    const path = join(folder, own);
    await mkdir(path, { recursive: true, mode: 0o700 });
    const text = await readIfThere(join(path, SENT));
    return new BlindJournal(path, text === undefined ? undefined : (JSON.parse(text) as Sent));
  }

  /** Of the comparison that was sent and has no end yet that this command knows of. */
  get comparisonId(): string | undefined {
    return this.#sent?.comparisonId;
  }

  get digests(): string {
    return join(this.folder, this.#digests);
  }

  /** The list is with the hub: from here on the same command goes on. */
  async sent(comparisonId: string): Promise<void> {
    this.#sent = { comparisonId, digests: this.#digests };
    await writeWhole(join(this.folder, SENT), JSON.stringify(this.#sent));
  }

  /** The comparison came to its end, or was not sent: the same command begins a new one. */
  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

const SENT = 'sent.json';
