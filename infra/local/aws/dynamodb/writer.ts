import type { BatchOperation, Store } from 'dynalite/db/index.js';

import { Overlay, type Change } from './overlay.ts';
import { streamEntry, streamRecord } from './streams.ts';
import type { Table, Tables } from './tables.ts';
import { ttlOperations } from './ttl-index.ts';

const SEQUENCE = 'hub-sequence';

export interface WriterOptions {
  readonly store: Store;
  readonly tables: Tables;
  readonly region: string;
  readonly clock: () => Date;
  /** Told the tables of every commit that added to a stream. */
  readonly committed: (tables: ReadonlySet<string>) => void;
}

/** The number of the last change that was committed. */
export const lastSequence = async (store: Store): Promise<number> => Number((await store.db.get(SEQUENCE)) ?? 0);

/** One write after the other: what is read during a write cannot change before it is committed. */
export class Writer {
  readonly #options: WriterOptions;
  #last: Promise<unknown> = Promise.resolve();
  #sequence: number;

  constructor(options: WriterOptions, lastSequence: number) {
    this.#options = options;
    this.#sequence = lastSequence;
  }

  /** Runs `work` while no write happens. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Commits whatever `work` writes to the overlay's store, as one batch; nothing where it throws. */
  write<T>(work: (overlay: Overlay) => Promise<T>, byTtl = false): Promise<T> {
    return this.exclusively(async () => {
      const { promise: failed, reject } = Promise.withResolvers<never>();
      const overlay = new Overlay(this.#options.store, reject);
      const result = await Promise.race([work(overlay), failed]);
      await this.#commit(overlay, byTtl);
      return result;
    });
  }

  async #commit(overlay: Overlay, byTtl: boolean): Promise<void> {
    const changes = overlay.changes().filter(isOne);
    const operations = [...overlay.operations(), ...changes.flatMap((change) => this.#consequences(change, byTtl))];
    if (operations.length === 0) return;
    operations.push({ type: 'put', key: SEQUENCE, value: this.#sequence });
    await this.#options.store.db.batch(operations);
    this.#options.committed(new Set(changes.map(({ table }) => table)));
  }

  /** The stream record and the TTL entries of a change. */
  #consequences(change: Change, byTtl: boolean): BatchOperation[] {
    const table = this.#options.tables.find(change.table);
    if (!table) return [];
    const stream = table.stream === undefined ? [] : [this.#record(change, table, table.stream, byTtl)];
    return [...stream, ...ttlOperations(table, change)];
  }

  #record(change: Change, table: Table, view: string, byTtl: boolean): BatchOperation {
    const { region, clock } = this.#options;
    const { keyNames, streamArn } = table;
    const sequenceNumber = this.#nextSequence();
    const context = { region, streamArn, view, keyNames, at: clock(), sequenceNumber, byTtl };
    return { type: 'put', ...streamEntry(table.name, streamRecord(change, context)) };
  }

  /** Increasing over restarts, and 21 digits wide so that it sorts as text. */
  #nextSequence(): string {
    this.#sequence = Math.max(this.#sequence + 1, Date.now() * 1000);
    return `1${String(this.#sequence).padStart(20, '0')}`;
  }
}

/** Whether an item is another one than before. */
const isOne = ({ old, new: now }: Change): boolean => !isSame(old, now);

/** Of JSON values, whatever the order of their members and their prototypes: dynalite makes objects without any. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [left, right] = [Object.entries(one), other as Record<string, unknown>];
  if (Array.isArray(one) !== Array.isArray(other) || left.length !== Object.keys(other).length) return false;
  return left.every(([name, value]) => Object.hasOwn(right, name) && isSame(value, right[name]));
}
