import { BatchGetCommand, BatchWriteCommand, PutCommand, type GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Key } from '../../functions/adapters/dynamodb/table/keys.ts';
import { readItem, type Table } from '../../functions/adapters/dynamodb/table/reads.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';

const ALL = Array.from({ length: 230 }, (_, number) => number);

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
  // In a few calls: each of many at once would want a connection of its own.
  for (let from = 0; from < ALL.length; from += 25) {
    const written = ALL.slice(from, from + 25).map((number) => ({
      PutRequest: { Item: { ...keyNumber(number), number, padding: 'x'.repeat(1000) } },
    }));
    await aws.table.client.send(new BatchWriteCommand({ RequestItems: { [aws.table.name]: written } }));
  }
});
afterAll(() => aws.stop());

const keyNumber = (number: number): Key => ({ pk: `ITEM#${number}`, sk: 'HEAD' });

type Command = GetCommand | BatchGetCommand;
type Answer = (command: Command) => Promise<object>;
const asUsual: Answer = (command) => aws.table.client.send(command as GetCommand);

/** The table, and how many keys each call to it had. */
function watched(answer: Answer = asUsual) {
  const calls: number[] = [];
  const send = (command: Command) => {
    const keys = command instanceof BatchGetCommand ? keysOf(command).length : 1;
    calls.push(keys);
    return answer(command);
  };
  return { table: { ...aws.table, client: { send } } as unknown as Table, calls };
}

const keysOf = ({ input }: BatchGetCommand) => input.RequestItems?.[aws.table.name]?.Keys ?? [];

/** Answers with the first so many keys of a call and leaves the others undone. */
const halfDone =
  (most: number): Answer =>
  async (command) => {
    if (!(command instanceof BatchGetCommand)) return asUsual(command);
    const keys = keysOf(command);
    const some = new BatchGetCommand({
      RequestItems: { [aws.table.name]: { Keys: keys.slice(0, most), ConsistentRead: true } },
    });
    const left = keys.slice(most);
    const items = most === 0 ? {} : await aws.table.client.send(some);
    return { ...items, UnprocessedKeys: left.length === 0 ? {} : { [aws.table.name]: { Keys: left } } };
  };

const numbersOf = async (table: Table, numbers: readonly number[]) =>
  (await Promise.all(numbers.map((number) => readItem(table, keyNumber(number))))).map((item) => item?.['number']);

test.each([
  ['one', [7], [1]],
  ['two', [7, 8], [2]],
  ['the same item twice', [7, 7], [1]],
  ['more than a call takes', ALL, [100, 100, 30]],
])('items that are asked for at once come in as few calls as there can be: %s', async (_, numbers, expected) => {
  const { table, calls } = watched();
  expect(await numbersOf(table, numbers)).toEqual(numbers);
  expect(calls).toEqual(expected);
});

test('an item that is not there is nothing, beside others and alone', async () => {
  const { table } = watched();
  expect(await numbersOf(table, [1, 999, 2])).toEqual([1, undefined, 2]);
  expect(await numbersOf(table, [999])).toEqual([undefined]);
});

test('reads see what was written before they were asked for', async () => {
  const { table } = watched();
  const [item] = [{ ...keyNumber(1000), number: 1000 }];
  const before = readItem(table, keyNumber(1000));
  expect(await before).toBeUndefined();
  await aws.table.client.send(new PutCommand({ TableName: aws.table.name, Item: item }));
  expect(await numbersOf(table, [1000, 1])).toEqual([1000, 1]);
});

test('what a call leaves undone is asked for again', async () => {
  const { table, calls } = watched(halfDone(40));
  expect(await numbersOf(table, ALL.slice(0, 100))).toEqual(ALL.slice(0, 100));
  expect(calls).toEqual([100, 60, 20]);
});

test('a table that gives nothing any more is a fault of every read, and of no later one', async () => {
  const { table } = watched(halfDone(0));
  const reads = await Promise.allSettled([1, 2].map((number) => readItem(table, keyNumber(number))));
  expect(reads.map((read) => read.status === 'rejected' && String(read.reason))).toEqual([
    'Fault: the table left 2 reads undone',
    'Fault: the table left 2 reads undone',
  ]);
  expect(await numbersOf(table, [3])).toEqual([3]);
});
