import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Page } from '../../../../schemas/contracts/paging.ts';
import type { DuePartition, Key, Purpose } from './keys.ts';
import type { Item, Table } from './reads.ts';

export interface Listing {
  /** Base table: partition key and the prefix of the sort key; the rest of the sort key is the position. */
  readonly from:
    | { readonly pk: string; readonly prefix: string }
    | { readonly list: string; readonly keyOf: (position: string) => Key };
  readonly newestFirst?: boolean;
}

/** All that a query finds, page by page. */
export async function* queried(table: Table, query: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<Item> {
  let start = query.ExclusiveStartKey;
  do {
    const asked = { ...query, TableName: table.name, ExclusiveStartKey: start };
    const answer = await table.client.send(new QueryCommand(asked));
    yield* answer.Items ?? [];
    start = answer.LastEvaluatedKey;
  } while (start);
}

/** Everything of a listing, page by page, each with its position: base table strongly, index eventually consistent. */
export async function* walk(
  table: Table,
  { from, newestFirst = false }: Listing,
  after?: string,
): AsyncGenerator<{ item: Item; position: string }> {
  const base = 'pk' in from;
  const found = queried(table, {
    ...(base
      ? {
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': from.pk, ':prefix': from.prefix },
          ...(after !== undefined && { ExclusiveStartKey: { pk: from.pk, sk: from.prefix + after } }),
        }
      : {
          IndexName: 'list',
          KeyConditionExpression: 'listPk = :pk',
          ExpressionAttributeValues: { ':pk': from.list },
          ...(after !== undefined && { ExclusiveStartKey: { ...from.keyOf(after), listPk: from.list, listSk: after } }),
        }),
    ScanIndexForward: !newestFirst,
  });
  for await (const item of found)
    yield { item, position: base ? (item['sk'] as string).slice(from.prefix.length) : (item['listSk'] as string) };
}

/** UTF-8 bytes of JSON that a page takes up at most, unless one item alone is larger: Lambda answers with 6 MB at most. */
export const PAGE_BYTES = 4_000_000;

/**
 * One page of what `choose` keeps, shorter than its limit where the items are large. The cursor is a position
 * within the listing; what a caller is given in its place the API's frame says (`kernel/api/cursors.ts`).
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
export const due = (
  table: Table,
  partition: DuePartition | Purpose | Uppercase<Purpose>,
  until: string,
): AsyncGenerator<Item> =>
  queried(table, {
    IndexName: 'due',
    KeyConditionExpression: 'duePk = :pk AND dueSk <= :until',
    ExpressionAttributeValues: { ':pk': partition, ':until': until },
  });
