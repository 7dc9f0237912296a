import { isDeepStrictEqual } from 'node:util';

import type { Store, TableDescription } from 'dynalite/db/index.js';

import type { TableDefinition } from '../contracts.ts';
import { perform, prepare } from './engine.ts';

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly description: TableDescription;
  readonly keyNames: readonly string[];
  /** StreamViewType; undefined for a table without a stream. */
  readonly stream: string | undefined;
  readonly streamArn: string;
  /** The attribute that holds an item's expiry. */
  ttl: string | undefined;
}

const KNOWN: readonly string[] = [
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'GlobalSecondaryIndexes',
  'StreamSpecification',
  'BillingMode',
] satisfies readonly (keyof TableDefinition)[];

/** The tables of the template. They are created at start, and never by a client. */
export class Tables {
  readonly #store: Store;
  readonly #arnPrefix: string;
  readonly #tables = new Map<string, Table>();

  constructor(store: Store, region: string, account: string) {
    this.#store = store;
    this.#arnPrefix = `arn:aws:dynamodb:${region}:${account}:table/`;
  }

  find(name: string): Table | undefined {
    return this.#tables.get(name);
  }

  arn(name: string): string {
    return this.#arnPrefix + name;
  }

  all(): Iterable<Table> {
    return this.#tables.values();
  }

  /** @throws Error where the table cannot be had as defined. */
  async create(definition: TableDefinition): Promise<Table> {
    const { TableName: name, StreamSpecification: stream } = definition;
    const unknown = Object.keys(definition).find((property) => !KNOWN.includes(property));
    if (unknown !== undefined) throw new Error(`Table ${name}: the local hub does not know the property ${unknown}`);
    const description = await this.#existing(name).then((found) => found ?? this.#make(definition));
    if (!isDeepStrictEqual(shapeOf(description), shapeOf(definition))) {
      throw new Error(`Table ${name} exists with another key or other indexes; start with a fresh data directory`);
    }
    const table: Table = {
      name,
      arn: this.arn(name),
      description,
      keyNames: description.KeySchema.map(({ AttributeName }) => AttributeName),
      stream: stream && stream.StreamEnabled !== false ? (stream.StreamViewType ?? 'NEW_AND_OLD_IMAGES') : undefined,
      streamArn: `${this.arn(name)}/stream/2026-01-01T00:00:00.000`,
      ttl: this.#tables.get(name)?.ttl,
    };
    this.#tables.set(name, table);
    return table;
  }

  async #make(definition: TableDefinition): Promise<TableDescription> {
    const { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = definition;
    const indexes = GlobalSecondaryIndexes ? { GlobalSecondaryIndexes } : {};
    const input = { TableName, KeySchema, AttributeDefinitions, ...indexes, BillingMode: 'PAY_PER_REQUEST' };
    await perform(prepare('CreateTable', structuredClone(input), this.#store), this.#store);
    for (;;) {
      const made = await this.#existing(TableName);
      if (made?.TableStatus === 'ACTIVE') return made;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async #existing(name: string): Promise<TableDescription | undefined> {
    const found = (await this.#store.db.get(`table~${name}`)) as TableDescription | undefined;
    return found && typeof found === 'object' ? found : undefined;
  }

  /** Takes over tables that a killed process left in the making. */
  async recover(): Promise<void> {
    for await (const [key, value] of this.#store.db.iterator({ gte: 'table~', lt: 'table\u007f' })) {
      const table = value as TableDescription;
      if (table.TableStatus === 'ACTIVE') continue;
      const indexes = table.GlobalSecondaryIndexes?.map((index) => ({ ...index, IndexStatus: 'ACTIVE' }));
      const active = { ...table, TableStatus: 'ACTIVE', ...(indexes ? { GlobalSecondaryIndexes: indexes } : {}) };
      await this.#store.db.put(key, active);
    }
  }
}

/** What must be the same for a table to be the same. */
function shapeOf(table: (Pick<TableDefinition, 'KeySchema'> & Partial<TableDefinition>) | TableDescription): unknown {
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  return {
    key: plainKey(table.KeySchema),
    attributes: (table.AttributeDefinitions ?? [])
      .map(({ AttributeName, AttributeType }) => ({ name: AttributeName, type: AttributeType }))
      .toSorted(byName),
    indexes: (table.GlobalSecondaryIndexes ?? [])
      .map((index) => ({
        name: index.IndexName,
        key: plainKey(index.KeySchema),
        projection: { ...(index.Projection as object) },
      }))
      .toSorted(byName),
  };
}

const plainKey = (schema: readonly unknown[]): unknown[] => schema.map((element) => ({ ...(element as object) }));
