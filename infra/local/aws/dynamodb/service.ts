import { mkdir } from 'node:fs/promises';

import engine, { type Level, type Store, type TableDescription } from 'dynalite/db/index.js';

import type { AwsEndpointOptions, StreamRecord, TableDefinition } from '../contracts.ts';
import { AwsRefusal, notImplemented } from '../front/refusal.ts';
import type { JsonCall } from '../front/server.ts';
import type { OrderlyDelivery } from '../events/orderly.ts';
import { perform, prepare, type Input, type Operation, type Output } from './engine.ts';
import { TransactionTokens } from './idempotency.ts';
import { streamOf } from './streams.ts';
import { Tables } from './tables.ts';
import { actionsOf, fingerprint, transactWrite } from './transact-write.ts';
import { TtlSweeper } from './ttl.ts';
import { lastSequence, Writer } from './writer.ts';

export interface DynamoDbOptions extends Pick<AwsEndpointOptions, 'region' | 'account' | 'clock' | 'onStreamRecords'> {
  readonly directory: string;
}

type Single = 'PutItem' | 'UpdateItem' | 'DeleteItem';

/** DynamoDB on dynalite's engine, with what that lacks: transactions, streams, TTL, and atomic writes on disk. */
export class DynamoDb {
  readonly #store: Store;
  readonly #tables: Tables;
  readonly #writer: Writer;
  readonly #ttl: TtlSweeper;
  readonly #streams = new Map<string, OrderlyDelivery<readonly StreamRecord[], readonly string[]>>();
  readonly #onStreamRecords: AwsEndpointOptions['onStreamRecords'];
  readonly #tokens = new TransactionTokens();

  private constructor(store: Store, tables: Tables, options: DynamoDbOptions, sequence: number) {
    const { region, clock } = options;
    this.#store = store;
    this.#tables = tables;
    this.#onStreamRecords = (table, records) => options.onStreamRecords(table, records);
    const committed = (changed: ReadonlySet<string>): void =>
      changed.forEach((table) => this.#streams.get(table)?.wake());
    this.#writer = new Writer({ store, tables, region, clock, committed }, sequence);
    this.#ttl = new TtlSweeper(store, tables, this.#writer, clock);
    this.#ttl.start();
  }

  static async open(options: DynamoDbOptions): Promise<DynamoDb> {
    const { directory, region, account } = options;
    await mkdir(directory, { recursive: true });
    const store = remembering(
      engine.create({ path: directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }),
      (name) => tables.find(name)?.description,
    );
    Object.assign(store.tableDb, { awsRegion: region, awsAccountId: account });
    readAtOnce(store.db);
    await store.db.open();
    const tables: Tables = new Tables(store, region, account);
    await tables.recover();
    return new DynamoDb(store, tables, options, await lastSequence(store));
  }

  /** Creates the table or takes it over, and goes on with its stream where an earlier run left off. */
  async createTable(definition: TableDefinition): Promise<void> {
    const { name } = await this.#tables.create(definition);
    if (this.#streams.has(name)) return;
    const stream = streamOf(name, this.#store.db, this.#onStreamRecords);
    this.#streams.set(name, stream);
    setImmediate(() => stream.wake());
  }

  ttl(tableName: string, attribute: string): void {
    const table = this.#tables.find(tableName);
    if (!table) throw new Error(`No table ${tableName} to expire items of`);
    this.#ttl.enable(table, attribute);
  }

  async close(): Promise<void> {
    await this.#ttl.stop();
    await this.#writer.exclusively(() => Promise.resolve());
    await Promise.all(Array.from(this.#streams.values(), (stream) => stream.stop()));
    await this.#store.lifecycleManager.gracefulClose();
  }

  /** Performs one authenticated call. */
  async answer({ operation, input, permit }: JsonCall): Promise<Output> {
    const allow = (action: string, table: unknown, index?: unknown): void => {
      const arn = this.#tables.arn(nameOf(table));
      permit(action, index === undefined ? arn : `${arn}/index/${nameOf(index)}`);
    };
    switch (operation) {
      case 'GetItem':
      case 'Query':
      case 'Scan':
        allow(`dynamodb:${operation}`, input['TableName'], input['IndexName']);
        return this.#read(operation, input);
      case 'PutItem':
      case 'UpdateItem':
      case 'DeleteItem':
        allow(`dynamodb:${operation}`, input['TableName']);
        return this.#write(operation, input);
      case 'BatchGetItem':
        for (const table of requested(input)) allow('dynamodb:BatchGetItem', table);
        return this.#read(operation, input);
      case 'BatchWriteItem':
        for (const table of requested(input)) allow('dynamodb:BatchWriteItem', table);
        return this.#write(operation, input);
      case 'TransactWriteItems':
        return this.#transactWrite(input, allow);
      case 'TransactGetItems':
        return this.#transactGet(input, allow);
      case 'DescribeTable':
        allow('dynamodb:DescribeTable', input['TableName']);
        return this.#describe(input);
      default:
        throw notImplemented(`dynamodb:${operation}`);
    }
  }

  #read(operation: Operation, input: Input): Promise<Output> {
    return perform(prepare(operation, input, this.#store), this.#store);
  }

  #write(operation: Single | 'BatchWriteItem', input: Input): Promise<Output> {
    const prepared = prepare(operation, input, this.#store);
    return this.#writer.write(async (overlay) => {
      try {
        return await perform(prepared, overlay.store);
      } catch (error) {
        const wanted = input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' && overlay.lastRead;
        if (!wanted || !(error instanceof AwsRefusal) || error.code !== 'ConditionalCheckFailedException') throw error;
        throw new AwsRefusal(error.status, error.code, error.message, { Item: overlay.lastRead });
      }
    });
  }

  #transactWrite(input: Input, allow: (action: string, table: unknown) => void): Promise<Output> {
    const actions = actionsOf(input);
    for (const { permission, table } of actions) allow(permission, table);
    const token = input['ClientRequestToken'];
    const print = fingerprint(input);
    return this.#writer.write(async (overlay) => {
      if (typeof token === 'string' && this.#tokens.isDone(token, print)) return {};
      const output = await transactWrite(actions, overlay, this.#tables);
      // Before the commit, under the lock: the same request again, sent meanwhile, must find it.
      if (typeof token === 'string') this.#tokens.finish(token, print);
      return output;
    });
  }

  async #transactGet(input: Input, allow: (action: string, table: unknown) => void): Promise<Output> {
    const items = input['TransactItems'];
    if (!Array.isArray(items) || items.length === 0 || items.length > 100) {
      throw new AwsRefusal(400, 'ValidationException', 'TransactItems must have between 1 and 100 members');
    }
    const gets = items.map((item: unknown) => ((item ?? {}) as { Get?: Input }).Get ?? {});
    for (const get of gets) allow('dynamodb:GetItem', get['TableName']);
    const prepared = gets.map((get) => prepare('GetItem', { ...get, ConsistentRead: true }, this.#store));
    return this.#writer.exclusively(async () => ({
      Responses: await Promise.all(prepared.map((each) => perform(each, this.#store))),
    }));
  }

  async #describe(input: Input): Promise<Output> {
    const { Table: description } = (await this.#read('DescribeTable', input)) as { Table: object };
    const table = this.#tables.find(nameOf(input['TableName']));
    const stream = table?.stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream },
      LatestStreamArn: table.streamArn,
    };
    return { Table: { ...description, ...stream } };
  }
}

/** A table is as it was created: the engine need not read its description for each operation. */
function remembering(store: Store, known: (name: string) => TableDescription | undefined): Store {
  const getTable: Store['getTable'] = (name: string, ...rest: readonly unknown[]) => {
    const description = known(name);
    const told = rest.at(-1) as (error: unknown, table?: TableDescription) => void;
    if (description) setImmediate(told, null, description);
    else store.getTable(name, rest[0] === true, told);
  };
  return { ...store, getTable };
}

/**
 * Single values are read in this thread: LevelDB has them in memory or in the page cache, and a turn of another thread takes
 * many times as long.
 */
function readAtOnce(db: Level): void {
  const get = db.get.bind(db);
  db.get = (key, callback) => {
    if (!callback) return get(key);
    try {
      setImmediate(callback, null, db.getSync(key));
    } catch (error) {
      setImmediate(callback, error);
    }
    return undefined;
  };
}

/** What is no name at all is the name of nothing. */
const nameOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const requested = ({ RequestItems: tables }: Input): string[] =>
  typeof tables === 'object' && tables !== null ? Object.keys(tables) : [];
