import { BatchGetCommand, GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Fault } from '../../../kernel/fault.ts';
import type { Key } from './keys.ts';

export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

export type Item = Record<string, unknown>;

/** A call takes a hundred keys and gives 16 MB (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const MOST_KEYS = 100;
/** Answers in a row that bring nothing. */
const ATTEMPTS = 8;

interface Asked {
  readonly key: Key;
  readonly answer: PromiseWithResolvers<Item | undefined>;
}

/** What was asked for in this turn, by key. */
const waiting = new WeakMap<Table, Map<string, Asked>>();

/**
 * One item, strongly consistent. What is asked for in one turn of the event loop goes to the table together: whoever needs
 * hundreds of items reads them side by side, and that makes a few calls.
 */
export function readItem(table: Table, key: Key): Promise<Item | undefined> {
  const asked = waiting.get(table) ?? beginTurn(table);
  const id = idOf(key);
  const one = asked.get(id) ?? { key, answer: Promise.withResolvers() };
  asked.set(id, one);
  return one.answer.promise;
}

function beginTurn(table: Table): Map<string, Asked> {
  const asked = new Map<string, Asked>();
  waiting.set(table, asked);
  setImmediate(() => {
    waiting.delete(table);
    const all = [...asked.values()];
    for (let from = 0; from < all.length; from += MOST_KEYS) void readSome(table, all.slice(from, from + MOST_KEYS));
  });
  return asked;
}

async function readSome(table: Table, some: readonly Asked[]): Promise<void> {
  try {
    const found = await itemsOf(
      table,
      some.map(({ key }) => key),
    );
    for (const { key, answer } of some) answer.resolve(found.get(idOf(key)));
  } catch (fault) {
    for (const { answer } of some) answer.reject(fault);
  }
}

async function itemsOf(table: Table, keys: readonly Key[]): Promise<ReadonlyMap<string, Item>> {
  const [only] = keys;
  if (keys.length > 1 || !only) return batchOf(table, keys);
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: only, ConsistentRead: true }));
  return new Map(Item && [[idOf(only), Item]]);
}

async function batchOf(table: Table, keys: readonly Key[]): Promise<ReadonlyMap<string, Item>> {
  const found = new Map<string, Item>();
  let left: readonly Item[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  for (let fruitless = 0; left.length > 0;) {
    const RequestItems = { [table.name]: { Keys: [...left], ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await table.client.send(new BatchGetCommand({ RequestItems }));
    const items = Responses?.[table.name] ?? [];
    for (const item of items) found.set(idOf(item), item);
    left = UnprocessedKeys?.[table.name]?.Keys ?? [];
    if (left.length === 0 || items.length > 0) continue;
    fruitless += 1;
    if (fruitless === ATTEMPTS) throw new Fault(`the table left ${left.length} reads undone`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 25 * 2 ** fruitless));
  }
  return found;
}

const idOf = ({ pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }): string => JSON.stringify([pk, sk]);
