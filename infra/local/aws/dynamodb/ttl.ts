import type { Store } from 'dynalite/db/index.js';

import type { Item } from '../contracts.ts';
import { perform, prepare } from './engine.ts';
import type { Table, Tables } from './tables.ts';
import { expiryOf, ttlBound, ttlOperations, ttlPrefix } from './ttl-index.ts';
import type { Writer } from './writer.ts';

const SWEEP_MS = 1_000;
const BATCH = 100;

/** Deletes expired items by the hub's clock: within seconds, where AWS takes up to days. */
export class TtlSweeper {
  readonly #store: Store;
  readonly #tables: Tables;
  readonly #writer: Writer;
  readonly #clock: () => Date;
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(store: Store, tables: Tables, writer: Writer, clock: () => Date) {
    this.#store = store;
    this.#tables = tables;
    this.#writer = writer;
    this.#clock = clock;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#work = this.#work.then(() => this.#sweep()).catch(() => undefined);
    }, SWEEP_MS);
    this.#timer.unref();
  }

  /** Begins with the items that are there, unless they were indexed by that attribute before. */
  enable(table: Table, attribute: string): void {
    table.ttl = attribute;
    this.#work = this.#work.then(() => this.#index(table, attribute));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#work;
  }

  #index(table: Table, attribute: string): Promise<void> {
    return this.#writer.exclusively(async () => {
      const marker = `hub-ttl-of~${table.name}`;
      if ((await this.#store.db.get(marker)) === attribute) return;
      const prefix = `item-${table.name}~`;
      for await (const [key, item] of this.#store.db.iterator({ gte: prefix, lt: `item-${table.name}\u007f` })) {
        const change = { table: table.name, key: key.slice(prefix.length), old: undefined, new: item as Item };
        await this.#store.db.batch(ttlOperations(table, change));
      }
      await this.#store.db.put(marker, attribute);
    });
  }

  async #sweep(): Promise<void> {
    for (const table of this.#tables.all()) {
      if (table.ttl !== undefined) await this.#sweepTable(table);
    }
  }

  async #sweepTable(table: Table): Promise<void> {
    const now = Math.floor(this.#clock().getTime() / 1000);
    const range = { gte: ttlPrefix(table.name), lt: ttlBound(table.name, now), limit: BATCH };
    for (;;) {
      const expired: Item[] = [];
      for await (const [, key] of this.#store.db.iterator(range)) expired.push(key as Item);
      for (const key of expired) {
        if (this.#stopped) return;
        await this.#expire(table, key, now);
      }
      if (expired.length < BATCH) return;
    }
  }

  /** Looks again under the lock: the item may have been given more time. */
  #expire(table: Table, key: Item, now: number): Promise<void> {
    const read = prepare('GetItem', { TableName: table.name, Key: key, ConsistentRead: true }, this.#store);
    const remove = prepare('DeleteItem', { TableName: table.name, Key: key }, this.#store);
    return this.#writer.write(async ({ store }) => {
      const { Item: item } = (await perform(read, store)) as { Item?: Item };
      const expiry = expiryOf(table, item);
      if (expiry !== undefined && expiry < now) await perform(remove, store);
    }, true);
  }
}
