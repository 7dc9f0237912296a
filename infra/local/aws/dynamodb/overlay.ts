import type { BatchOperation, PrefixedDb, Store } from 'dynalite/db/index.js';

import type { Item } from '../contracts.ts';

export interface Change {
  readonly table: string;
  /** dynalite's key of the item within its table. */
  readonly key: string;
  readonly old: Item | undefined;
  readonly new: Item | undefined;
}

/**
 * A store for one write: reads fall through, writes stay here until `operations` are put into LevelDB as one atomic
 * batch. Thus items and their index entries, or all the items of a transaction, are written together or not at all,
 * even when the process is killed.
 */
export class Overlay {
  readonly store: Store;
  readonly #fault: (error: unknown) => void;
  readonly #values = new Map<string, Item | undefined>();
  readonly #reads = new Map<string, { table: string; key: string; item: Item | undefined }>();
  /** The item that was read last: the one that a failed condition was about. */
  lastRead: Item | undefined;

  /** @param fault is told what dynalite throws in a callback, where nobody else could catch it. */
  constructor(below: Store, fault: (error: unknown) => void) {
    this.#fault = fault;
    this.store = {
      ...below,
      getItemDb: (table) => this.#view(`item-${table}`, below.getItemDb(table), table),
      getIndexDb: (type, table, index) =>
        this.#view(`index-${type.toLowerCase()}~${table}~${index}`, below.getIndexDb(type, table, index), undefined),
    };
  }

  /** Everything that was written, to items and indexes. */
  operations(): BatchOperation[] {
    return Array.from(this.#values, ([key, value]) =>
      value === undefined ? { type: 'del', key } : { type: 'put', key, value },
    );
  }

  /** The items that were written, in that order. */
  changes(): Change[] {
    return Array.from(this.#values, ([full, value]) => ({ read: this.#reads.get(full), value })).flatMap(
      ({ read, value }) => (read ? [{ table: read.table, key: read.key, old: read.item, new: value }] : []),
    );
  }

  #view(name: string, below: PrefixedDb, table: string | undefined): PrefixedDb {
    const full = (key: string): string => `${name}~${key}`;
    return {
      get: (key, callback) => {
        const path = full(key);
        const read = (error: unknown, item: Item | undefined): void => {
          if (table !== undefined && !this.#reads.has(path)) this.#reads.set(path, { table, key, item });
          if (table !== undefined) this.lastRead = item;
          this.#safely(() => callback(error, item));
        };
        if (this.#values.has(path)) setImmediate(read, null, this.#values.get(path));
        else below.get(key, read);
      },
      put: (key, value, callback) => this.#write(full(key), value, callback),
      del: (key, callback) => this.#write(full(key), undefined, callback),
      // The caller holds the lock of all writes already.
      lock: (_, callback) => this.#safely(() => callback((release) => release)),
    };
  }

  #write(path: string, value: Item | undefined, callback: (error: unknown) => void): void {
    this.#values.set(path, value);
    setImmediate(() => this.#safely(() => callback(null)));
  }

  #safely(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#fault(error);
    }
  }
}
