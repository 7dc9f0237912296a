import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { AnEndpoint, failure, until } from '../an-endpoint.ts';
import { aKey, anItem, hubTable } from './a-table.ts';

const TableName = 'hub';
let endpoint: AnEndpoint;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  endpoint = await AnEndpoint.start();
  await endpoint.aws.createTable(hubTable);
  dynamodb = endpoint.dynamodb();
});
beforeEach(() => {
  endpoint.calls.length = 0;
  endpoint.records.length = 0;
});
afterAll(() => endpoint.stop());

const read = async (pk: string) =>
  (await dynamodb.send(new GetItemCommand({ TableName, Key: aKey(pk), ConsistentRead: true }))).Item;

test('an item has 400 KB of UTF-8, names and lists included, and not of characters', async () => {
  const put = (text: string) =>
    dynamodb.send(
      new PutItemCommand({ TableName, Item: anItem('large', { 字: { L: [{ M: { 数: { S: text } } }] } }) }),
    );
  await put('数'.repeat(136_000));
  expect(await failure(put('数'.repeat(137_000)))).toBe('ValidationException');
  const update = new UpdateItemCommand({
    TableName,
    Key: aKey('large'),
    UpdateExpression: 'SET more = :more',
    ExpressionAttributeValues: { ':more': { S: '数'.repeat(1000) } },
  });
  expect(await failure(dynamodb.send(update))).toBe('ValidationException');
});

describe('single items', () => {
  test('are put, updated, read and deleted', async () => {
    await dynamodb.send(new PutItemCommand({ TableName, Item: anItem('one', { n: { N: '1' } }) }));
    const { Attributes } = await dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: aKey('one'),
        ReturnValues: 'ALL_NEW',
        UpdateExpression: 'SET n = n + :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
    expect([Attributes, await read('one')]).toEqual([
      anItem('one', { n: { N: '2' } }),
      anItem('one', { n: { N: '2' } }),
    ]);
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: aKey('one') }));
    expect(await read('one')).toBeUndefined();
  });

  test('work through the document client', async () => {
    const documents = DynamoDBDocumentClient.from(dynamodb);
    const Item = { pk: 'doc', sk: 's', list: [1, 'zwei', { drei: null }], set: new Set(['a']), yes: true };
    await documents.send(new PutCommand({ TableName, Item }));
    expect((await documents.send(new GetCommand({ TableName, Key: { pk: 'doc', sk: 's' } }))).Item).toEqual(Item);
  });

  test('a failed condition changes nothing, and shows the item to who asks for it', async () => {
    await dynamodb.send(new PutItemCommand({ TableName, Item: anItem('taken', { by: { S: 'me' } }) }));
    const again = new PutItemCommand({
      TableName,
      Item: anItem('taken', { by: { S: 'you' } }),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await expect(dynamodb.send(again)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: anItem('taken', { by: { S: 'me' } }),
    });
    expect(await read('taken')).toEqual(anItem('taken', { by: { S: 'me' } }));
  });

  test('a condition that was seen before is about the names and values of its own call', async () => {
    await dynamodb.send(new PutItemCommand({ TableName, Item: anItem('same', { n: { N: '1' }, m: { N: '2' } }) }));
    const changedIf = (names: Record<string, string>, values: Record<string, string>): Promise<string> => {
      const change = new UpdateItemCommand({
        TableName,
        Key: aKey('same'),
        UpdateExpression: 'REMOVE absent',
        ConditionExpression: '#name = :value',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, { N: value }]),
        ),
      });
      return dynamodb.send(change).then(
        () => 'done',
        (error: Error) => error.name,
      );
    };
    const failed = 'ConditionalCheckFailedException';
    expect(await changedIf({ '#name': 'n' }, { ':value': '1' })).toBe('done');
    expect(await changedIf({ '#name': 'n' }, { ':value': '2' })).toBe(failed);
    expect(await changedIf({ '#name': 'm' }, { ':value': '1' })).toBe(failed);
    expect(await changedIf({ '#name': 'n', '#more': 'n' }, { ':value': '1' })).toBe('ValidationException');
    expect(await changedIf({ '#name': 'n' }, { ':value': '1', ':more': '1' })).toBe('ValidationException');
    expect(await changedIf({ '#name': 'n' }, { ':other': '1' })).toBe('ValidationException');
    expect(await changedIf({ '#name': 'n' }, { ':value': '1' })).toBe('done');
  });

  test('an index follows its items', async () => {
    const find = async (value: string): Promise<number | undefined> =>
      (
        await dynamodb.send(
          new QueryCommand({
            TableName,
            IndexName: 'byGsi',
            KeyConditionExpression: 'gsi = :v',
            ExpressionAttributeValues: { ':v': { S: value } },
          }),
        )
      ).Count;
    await dynamodb.send(new PutItemCommand({ TableName, Item: anItem('indexed', { gsi: { S: 'before' } }) }));
    await dynamodb.send(new PutItemCommand({ TableName, Item: anItem('indexed', { gsi: { S: 'after' } }) }));
    expect([await find('before'), await find('after')]).toEqual([0, 1]);
  });

  test('concurrent increments are all counted', async () => {
    const increment = () =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: aKey('counter'),
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      );
    await Promise.all(Array.from({ length: 50 }, increment));
    expect(await read('counter')).toEqual(anItem('counter', { n: { N: '50' } }));
  });
});

test('batches write and read several items', async () => {
  const puts = ['b1', 'b2', 'b3'].map((pk) => ({ PutRequest: { Item: anItem(pk) } }));
  const { UnprocessedItems } = await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { hub: puts } }));
  const { Responses } = await dynamodb.send(
    new BatchGetItemCommand({ RequestItems: { hub: { Keys: ['b1', 'b3', 'absent'].map(aKey) } } }),
  );
  expect([UnprocessedItems, Responses?.['hub']?.length]).toEqual([{}, 2]);
});

describe('the stream', () => {
  /** What an earlier test wrote may be told late. */
  const recordsOf = (...keys: readonly string[]) =>
    endpoint.records.filter(({ record }) => keys.includes(String(record.dynamodb.Keys['pk']?.['S'])));

  test('tells every change in order, with both images', async () => {
    await dynamodb.send(new PutItemCommand({ TableName, Item: anItem('s', { n: { N: '1' } }) }));
    await dynamodb.send(new PutItemCommand({ TableName, Item: anItem('s', { n: { N: '2' } }) }));
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: aKey('s') }));
    await until(() => recordsOf('s').length === 3);
    const Keys = aKey('s');
    const told = recordsOf('s').map(({ record: { eventName, dynamodb } }) => ({
      eventName,
      Keys: dynamodb.Keys,
      NewImage: dynamodb.NewImage,
      OldImage: dynamodb.OldImage,
    }));
    expect(told).toEqual([
      { eventName: 'INSERT', Keys, NewImage: anItem('s', { n: { N: '1' } }) },
      { eventName: 'MODIFY', Keys, NewImage: anItem('s', { n: { N: '2' } }), OldImage: anItem('s', { n: { N: '1' } }) },
      { eventName: 'REMOVE', Keys, OldImage: anItem('s', { n: { N: '2' } }) },
    ]);
    const sequence = recordsOf('s').map(({ record }) => record.dynamodb.SequenceNumber);
    expect(sequence).toEqual(sequence.toSorted());
    expect(new Set(sequence).size).toBe(3);
  });

  test('is silent about writes that change nothing', async () => {
    const Item = anItem('same', { m: { M: { a: { S: 'x' } } } });
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: aKey('never was') }));
    await dynamodb.send(new PutItemCommand({ TableName, Item: anItem('other') }));
    await until(() => endpoint.records.some(({ record }) => record.dynamodb.Keys['pk']?.['S'] === 'other'));
    const told = recordsOf('same', 'never was', 'other');
    expect(told.map(({ record }) => record.dynamodb.Keys['pk']?.['S'])).toEqual(['same', 'other']);
  });

  test('offers again what its listener did not take, before anything later', async () => {
    const offered: string[] = [];
    const other = await AnEndpoint.start({
      onStreamRecords: (_, records) => {
        offered.push(records.map(({ dynamodb }) => dynamodb.Keys['pk']?.['S']).join());
        if (offered.length === 1) throw new Error('not ready');
      },
    });
    await other.aws.createTable(hubTable);
    await other.dynamodb().send(new PutItemCommand({ TableName, Item: anItem('first') }));
    await other.dynamodb().send(new PutItemCommand({ TableName, Item: anItem('second') }));
    await until(() => offered.join().includes('second'));
    expect(offered[0]).toBe('first');
    expect(offered.slice(1).join()).toBe('first,second');
    await other.stop();
  });
});

describe('permissions', () => {
  test('name the table, or the index that is read', async () => {
    await read('x');
    await dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: 'byGsi',
        KeyConditionExpression: 'gsi = :v',
        ExpressionAttributeValues: { ':v': { S: 'v' } },
      }),
    );
    const arn = 'arn:aws:dynamodb:cn-north-1:123456789012:table/hub';
    expect(endpoint.calls.map(({ action, resource }) => [action, resource])).toEqual([
      ['dynamodb:GetItem', arn],
      ['dynamodb:Query', `${arn}/index/byGsi`],
    ]);
  });
});

test('a table is described with its stream', async () => {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  expect(Table).toMatchObject({
    TableStatus: 'ACTIVE',
    TableArn: 'arn:aws:dynamodb:cn-north-1:123456789012:table/hub',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    GlobalSecondaryIndexes: [{ IndexName: 'byGsi', IndexStatus: 'ACTIVE' }],
  });
});

test.each([
  [
    'a table made by a client',
    () => dynamodb.send(new CreateTableCommand({ ...hubTable, TableName: 'mine' } as never)),
    'NotImplemented',
  ],
  [
    'a table that does not exist',
    () => dynamodb.send(new GetItemCommand({ TableName: 'absent', Key: aKey('x') })),
    'ResourceNotFoundException',
  ],
  [
    'a key of another shape',
    () => dynamodb.send(new GetItemCommand({ TableName, Key: { pk: { S: 'x' } } })),
    'ValidationException',
  ],
  [
    'an expression that does not parse',
    () => dynamodb.send(new PutItemCommand({ TableName, Item: anItem('x'), ConditionExpression: 'oops(' })),
    'ValidationException',
  ],
])('refuses %s', async (_, call, name) => {
  expect(await failure(call())).toBe(name);
});

test('a table of the same name with another key is a fault at start', async () => {
  const KeySchema = [{ AttributeName: 'pk', KeyType: 'HASH' }] as const;
  await expect(endpoint.aws.createTable({ ...hubTable, KeySchema })).rejects.toThrow('fresh data directory');
});
