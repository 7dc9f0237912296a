import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type TransactWriteCommandInput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { z } from 'zod';
import type { Page } from '../../../schemas/contracts/paging.ts';
import { loosened } from '../../../schemas/stored/loosened.ts';
import { env } from '../env.ts';
import { patience } from '../patience.ts';
import { insisting, isContention, isUnanswered, type Patience } from './contention.ts';
import type { DuePartition, Key } from './keys.ts';
import { readItem, type Item, type Table } from './reads.ts';

export { readItem, type Item, type Table };

export const hubTable = (): Table => ({
  client: DynamoDBDocumentClient.from(new DynamoDBClient(patience()), {
    marshallOptions: { removeUndefinedValues: true },
  }),
  name: env('HUB_TABLE'),
});

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Where an item is found beside its key. */
export interface Indexed {
  readonly list?: { readonly partition: string; readonly position: string };
  readonly due?: { readonly partition: DuePartition; readonly at: string };
  /** Seconds since 1970. */
  readonly ttl?: number;
}

const reserved = new Set(['pk', 'sk', 'kind', 'revision', 'listPk', 'listSk', 'duePk', 'dueSk', 'ttl']);

export const toItem = (kind: string, key: Key, record: object, indexed: Indexed = {}, revision = 1): Item => ({
  ...record,
  ...key,
  kind,
  revision,
  ...(indexed.list && { listPk: indexed.list.partition, listSk: indexed.list.position }),
  ...(indexed.due && { duePk: indexed.due.partition, dueSk: indexed.due.at }),
  ...(indexed.ttl !== undefined && { ttl: indexed.ttl }),
});

/** What the item says, with all that a newer version of the hub may have added to it. */
export const fromItem = <S extends z.ZodType>(schema: S, item: Item): z.output<S> =>
  loosened(schema).parse(Object.fromEntries(Object.entries(item).filter(([name]) => !reserved.has(name))));

/** A record with the revision that a replacement must name. */
export interface Revised<T> {
  readonly value: T;
  readonly revision: number;
}

export const putNew = (table: Table, item: Item): Write => ({
  Put: { TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** What a leased item must still be for a change of it to land; a lease left out may have been renewed. */
interface LeaseFence {
  readonly state: string;
  readonly epoch: number;
  readonly leaseUntil?: string | undefined;
}

/** Puts an item in the place of one that is still as its change was decided on. */
export const putFenced = (table: Table, item: Item, { state, epoch, leaseUntil }: LeaseFence): Write => ({
  Put: {
    TableName: table.name,
    Item: item,
    ConditionExpression: `#state = :state AND epoch = :epoch${leaseUntil === undefined ? '' : ' AND leaseUntil = :lease'}`,
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':state': state,
      ':epoch': epoch,
      ...(leaseUntil !== undefined && { ':lease': leaseUntil }),
    },
  },
});

/** Replaces the item if nobody else did since it was read; the new item carries the next revision. */
export const putNext = (table: Table, item: Item, readRevision: number): Write => ({
  Put: {
    TableName: table.name,
    Item: { ...item, revision: readRevision + 1 },
    ConditionExpression: 'revision = :read',
    ExpressionAttributeValues: { ':read': readRevision },
  },
});

export type Commit = { readonly committed: true } | { readonly committed: false; readonly failed: readonly number[] };

/**
 * All writes or none. A failed condition is an answer (`failed`: positions in `writes`). What passes is tried again, and so
 * is what was never answered: all tries have one token, by which DynamoDB knows a transaction that it has done
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html, "Idempotency").
 */
export async function commit(table: Table, writes: readonly Write[], patience?: Patience): Promise<Commit> {
  const ClientRequestToken = randomUUID();
  const transact = () =>
    table.client.send(new TransactWriteCommand({ TransactItems: [...writes], ClientRequestToken }));
  try {
    await insisting(transact, (error) => isContention(error) || isUnanswered(error), patience);
    return { committed: true };
  } catch (error) {
    const failed = failedConditions(error);
    if (failed.length === 0) throw error;
    return { committed: false, failed };
  }
}

const failedConditions = (error: unknown): readonly number[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).flatMap(({ Code }, position) =>
        Code === 'ConditionalCheckFailed' ? [position] : [],
      )
    : [];

/** One item changed under a condition; a transaction beside it is a conflict that passes. False where the condition failed. */
export async function update(table: Table, change: UpdateCommandInput, patience?: Patience): Promise<boolean> {
  try {
    await insisting(() => table.client.send(new UpdateCommand(change)), isContention, patience);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

export async function readRevised<S extends z.ZodType>(
  table: Table,
  key: Key,
  schema: S,
): Promise<Revised<z.output<S>> | undefined> {
  const item = await readItem(table, key);
  return item && { value: fromItem(schema, item), revision: item['revision'] as number };
}

export interface Listing {
  /** Base table: partition key and the prefix of the sort key; the rest of the sort key is the position. */
  readonly from:
    | { readonly pk: string; readonly prefix: string }
    | { readonly list: string; readonly keyOf: (position: string) => Key };
  readonly newestFirst?: boolean;
}

/** Everything of a listing, page by page, each with its position: base table strongly, index eventually consistent. */
export async function* walk(
  table: Table,
  { from, newestFirst = false }: Listing,
  after?: string,
): AsyncGenerator<{ item: Item; position: string }> {
  const base = 'pk' in from;
  let start: Record<string, string> | undefined;
  if (after !== undefined)
    start = base
      ? { pk: from.pk, sk: from.prefix + after }
      : { ...from.keyOf(after), listPk: from.list, listSk: after };
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ...(base
          ? {
              ConsistentRead: true,
              KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
              ExpressionAttributeValues: { ':pk': from.pk, ':prefix': from.prefix },
            }
          : {
              IndexName: 'list',
              KeyConditionExpression: 'listPk = :pk',
              ExpressionAttributeValues: { ':pk': from.list },
            }),
        ScanIndexForward: !newestFirst,
        ExclusiveStartKey: start,
      }),
    );
    for (const item of answer.Items ?? []) {
      yield { item, position: base ? (item['sk'] as string).slice(from.prefix.length) : (item['listSk'] as string) };
    }
    start = answer.LastEvaluatedKey as Record<string, string> | undefined;
  } while (start);
}

/** UTF-8 bytes of JSON that a page takes up at most, unless one item alone is larger: Lambda answers with 6 MB at most. */
export const PAGE_BYTES = 4_000_000;

/**
 * One page of what `choose` keeps, shorter than its limit where the items are large. The cursor is a position
 * within the listing; what a caller is given in its place the API's frame says (`kernel/cursor.ts`).
 */
export async function pageOf<T>(
  table: Table,
  listing: Listing,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  choose: (item: Item) => T | undefined | Promise<T | undefined>,
): Promise<Page<T>> {
  const items: T[] = [];
  let last: string | undefined;
  let bytes = 0;
  for await (const { item, position } of walk(table, listing, cursor)) {
    if (items.length === limit && last !== undefined) return { items, cursor: last };
    const chosen = await choose(item);
    if (chosen !== undefined) {
      bytes += Buffer.byteLength(JSON.stringify(chosen));
      if (bytes > PAGE_BYTES && items.length > 0 && last !== undefined) return { items, cursor: last };
      items.push(chosen);
    }
    last = position;
  }
  return { items };
}

/** Candidates whose time to be looked at has come, oldest first: eventually consistent, so decide on the base item. */
export async function* due(table: Table, partition: DuePartition, until: string): AsyncGenerator<Item> {
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: 'due',
        KeyConditionExpression: 'duePk = :pk AND dueSk <= :until',
        ExpressionAttributeValues: { ':pk': partition, ':until': until },
        ExclusiveStartKey: start,
      }),
    );
    yield* answer.Items ?? [];
    start = answer.LastEvaluatedKey;
  } while (start);
}
