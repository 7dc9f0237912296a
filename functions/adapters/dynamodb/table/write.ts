import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  TransactWriteCommand,
  UpdateCommand,
  type TransactWriteCommandInput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { Fault } from '../../../kernel/fault.ts';
import { insisting, isContention, isUnanswered, outOfPatience, type Patience } from './contention.ts';
import type { Key } from './keys.ts';
import type { Item, Table } from './reads.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export const put = (table: Table, item: Item): Write => ({ Put: { TableName: table.name, Item: item } });

export const remove = (table: Table, key: Key): Write => ({ Delete: { TableName: table.name, Key: key } });

/** What the names are that an expression has as `#name`. */
export const aliasesIn = (expression: string): Record<string, string> =>
  Object.fromEntries([...expression.matchAll(/#(\w+)/g)].map(([alias, name]) => [alias, name!]));

/** Changes nothing: the transaction is committed only where the item is so; attributes whose names are reserved as `#name`. */
export const onlyWhile = (table: Table, key: Key, ConditionExpression: string, values?: Item): Write => ({
  ConditionCheck: {
    TableName: table.name,
    Key: key,
    ConditionExpression,
    ...(ConditionExpression.includes('#') && { ExpressionAttributeNames: aliasesIn(ConditionExpression) }),
    ...(values && { ExpressionAttributeValues: values }),
  },
});

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
  let unanswered: unknown;
  const transact = () =>
    table.client.send(new TransactWriteCommand({ TransactItems: [...writes], ClientRequestToken }));
  const passes = (error: unknown) => {
    if (isUnanswered(error)) unanswered = error;
    return isUnanswered(error) || isContention(error);
  };
  try {
    await insisting(transact, passes, patience);
    return { committed: true };
  } catch (error) {
    const failed = failedConditions(error);
    if (failed.length > 0) return { committed: false, failed };
    // Whatever the last try met: after one that was not answered nobody knows whether it is done.
    throw outOfPatience(unanswered ?? error);
  }
}

/** The same of writes whose conditions nobody else can fail. @throws Fault where one did, which is nobody's answer. */
export async function commitOwn(table: Table, writes: readonly Write[], what: string): Promise<void> {
  const result = await commit(table, writes);
  if (!result.committed) throw new Fault(`${what} is in its own way: writes ${result.failed.join(', ')}`);
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
    throw outOfPatience(error);
  }
}
