import {
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { AnEndpoint, failure, until } from '../an-endpoint.ts';
import { aFreshPut, aKey, anItem, aPut, hubTable } from './a-table.ts';

const TableName = 'hub';
let endpoint: AnEndpoint;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  endpoint = await AnEndpoint.start();
  await endpoint.aws.createTable(hubTable);
  await endpoint.aws.createTable({ ...hubTable, TableName: 'evidence' });
  dynamodb = endpoint.dynamodb();
});
beforeEach(() => {
  endpoint.calls.length = 0;
  endpoint.records.length = 0;
});
afterAll(() => endpoint.stop());

const transact = (TransactItems: TransactWriteItem[], more: object = {}) =>
  dynamodb.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
const read = async (pk: string, table = TableName) =>
  (await dynamodb.send(new GetItemCommand({ TableName: table, Key: aKey(pk), ConsistentRead: true }))).Item;

describe('a transaction', () => {
  test('puts, updates, deletes and checks over several tables, as one', async () => {
    await transact([aPut('t1'), aPut('t2', { n: { N: '1' } }), aPut('t3')]);
    await transact([
      { Delete: { TableName, Key: aKey('t1') } },
      {
        Update: {
          TableName,
          Key: aKey('t2'),
          UpdateExpression: 'ADD n :n',
          ExpressionAttributeValues: { ':n': { N: '2' } },
        },
      },
      { ConditionCheck: { TableName, Key: aKey('t3'), ConditionExpression: 'attribute_exists(pk)' } },
      { Put: { TableName: 'evidence', Item: anItem('e1') } },
    ]);
    expect([await read('t1'), await read('t2'), await read('t3'), await read('e1', 'evidence')]).toEqual([
      undefined,
      anItem('t2', { n: { N: '3' } }),
      anItem('t3'),
      anItem('e1'),
    ]);
  });

  test('one failed condition undoes all, and says which', async () => {
    await transact([aPut('held', { by: { S: 'me' } })]);
    const attempt = transact([
      aPut('not-written'),
      {
        Put: {
          TableName,
          Item: anItem('held'),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      { ConditionCheck: { TableName, Key: aKey('absent'), ConditionExpression: 'attribute_exists(pk)' } },
    ]);
    await expect(attempt).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message: expect.stringContaining('[None, ConditionalCheckFailed, ConditionalCheckFailed]'),
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Item: anItem('held', { by: { S: 'me' } }) },
        { Code: 'ConditionalCheckFailed' },
      ],
    });
    expect([await read('not-written'), await read('held')]).toEqual([undefined, anItem('held', { by: { S: 'me' } })]);
  });

  test('an update that does not fit the item is a reason too', async () => {
    await transact([aPut('text', { n: { S: 'text' } })]);
    const attempt = transact([
      aPut('beside'),
      {
        Update: {
          TableName,
          Key: aKey('text'),
          UpdateExpression: 'ADD n :n',
          ExpressionAttributeValues: { ':n': { N: '1' } },
        },
      },
    ]);
    await expect(attempt).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError' }],
    });
    expect(await read('beside')).toBeUndefined();
  });

  test('of many that want the same item one wins', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, i) => failure(transact([aFreshPut('contested'), aPut(`side-${i}`)]))),
    );
    expect(outcomes.filter((outcome) => outcome === 'no failure')).toHaveLength(1);
    const sides = await Promise.all(Array.from({ length: 10 }, (_, i) => read(`side-${i}`)));
    expect(sides.map((side) => side !== undefined)).toEqual(outcomes.map((outcome) => outcome === 'no failure'));
  });

  test('is never seen in half', async () => {
    const both = async (): Promise<string> => {
      const { Responses } = await dynamodb.send(
        new TransactGetItemsCommand({
          TransactItems: ['left', 'right'].map((pk) => ({ Get: { TableName, Key: aKey(pk) } })),
        }),
      );
      return (Responses ?? []).map(({ Item }) => Item?.['n']?.N).join();
    };
    const seen: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      const pair = ['left', 'right'].map((pk) => aPut(pk, { n: { N: String(n) } }));
      seen.push(...(await Promise.all([transact(pair).then(() => '0,0'), both(), both()])));
    }
    expect(seen.filter((pair) => pair !== ',' && pair.split(',')[0] !== pair.split(',')[1])).toEqual([]);
  });

  test('takes up to 100 actions', async () => {
    await transact(Array.from({ length: 100 }, (_, i) => aPut(`hundred-${i}`)));
    expect(await read('hundred-99')).toEqual(anItem('hundred-99'));
  });
});

describe('is refused as a whole', () => {
  test.each<[string, TransactWriteItem[], string]>([
    ['without actions', [], 'ValidationException'],
    ['with 101 actions', Array.from({ length: 101 }, (_, i) => aPut(`p${i}`)), 'ValidationException'],
    [
      'with two actions on one item',
      [aPut('twice'), { Delete: { TableName, Key: aKey('twice') } }],
      'ValidationException',
    ],
    ['with an action of two kinds', [{ ...aPut('a'), Delete: { TableName, Key: aKey('b') } }], 'ValidationException'],
    [
      'with an expression that does not parse',
      [{ Delete: { TableName, Key: aKey('a'), ConditionExpression: '(' } }],
      'ValidationException',
    ],
    [
      'on a table that does not exist',
      [{ Delete: { TableName: 'absent', Key: aKey('a') } }],
      'ResourceNotFoundException',
    ],
    [
      'with more than 4 MB',
      Array.from({ length: 12 }, (_, i) => aPut(`big${i}`, { x: { S: 'x'.repeat(390_000) } })),
      'ValidationException',
    ],
  ])('%s', async (_, actions, name) => {
    expect(await failure(transact(actions))).toBe(name);
  });
});

describe('a client request token', () => {
  test('makes the same transaction again harmless', async () => {
    const add: TransactWriteItem = {
      Update: {
        TableName,
        Key: aKey('token'),
        UpdateExpression: 'ADD n :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      },
    };
    await Promise.all([1, 2].map(() => transact([add], { ClientRequestToken: 'token-1' })));
    await transact([add], { ClientRequestToken: 'token-1' });
    expect(await read('token')).toEqual(anItem('token', { n: { N: '1' } }));
    expect(await failure(transact([aPut('other')], { ClientRequestToken: 'token-1' }))).toBe(
      'IdempotentParameterMismatchException',
    );
  });

  test('of a cancelled transaction is free again', async () => {
    await transact([aPut('in-the-way')]);
    const once = { ClientRequestToken: 'token-2' };
    expect(await failure(transact([aFreshPut('in-the-way')], once))).toBe('TransactionCanceledException');
    await transact([{ Delete: { TableName, Key: aKey('in-the-way') } }]);
    expect(await failure(transact([aFreshPut('in-the-way')], once))).toBe('no failure');
  });
});

test('needs the permission of each of its actions', async () => {
  await transact([
    aPut('p'),
    { Delete: { TableName: 'evidence', Key: aKey('p') } },
    { ConditionCheck: { TableName, Key: aKey('q'), ConditionExpression: 'attribute_not_exists(pk)' } },
  ]);
  expect(endpoint.calls.map(({ action, resource }) => `${action} ${resource.split('/')[1]}`)).toEqual([
    'dynamodb:PutItem hub',
    'dynamodb:DeleteItem evidence',
    'dynamodb:ConditionCheckItem hub',
  ]);
});

test('its changes are in the stream, in the order of its actions', async () => {
  await transact([aPut('order-z'), aPut('order-a')]);
  const told = (): unknown[] =>
    endpoint.records
      .map(({ record }) => record.dynamodb.Keys['pk']?.['S'])
      .filter((pk) => String(pk).startsWith('order-'));
  await until(() => told().length === 2);
  expect(told()).toEqual(['order-z', 'order-a']);
});

test('a repeated put that a cancelled transaction attempted leaves the index as it was', async () => {
  await dynamodb.send(new PutItemCommand({ TableName, Item: anItem('idx', { gsi: { S: 'old' } }) }));
  await failure(
    transact([
      aPut('idx', { gsi: { S: 'new' } }),
      aFreshPut('idx-2'),
      { ConditionCheck: { TableName, Key: aKey('no'), ConditionExpression: 'attribute_exists(pk)' } },
    ]),
  );
  const { Responses } = await dynamodb.send(
    new BatchGetItemCommand({ RequestItems: { hub: { Keys: [aKey('idx'), aKey('idx-2')] } } }),
  );
  expect(Responses?.['hub']).toEqual([anItem('idx', { gsi: { S: 'old' } })]);
});
