import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { AnEndpoint, tax, until } from '../an-endpoint.ts';
import { aKey, anItem, hubTable } from './a-table.ts';

const TableName = 'hub';
let endpoint: AnEndpoint;

beforeEach(async () => {
  endpoint = await AnEndpoint.start();
  await endpoint.aws.createTable(hubTable);
});
afterEach(() => endpoint.stop());

const seconds = (date: Date): string => String(Math.floor(date.getTime() / 1000));
const put = (pk: string, expires: string) =>
  endpoint.dynamodb().send(new PutItemCommand({ TableName, Item: anItem(pk, { expires: { N: expires } }) }));
/** Asked by a department, whose clock does not move with the hub's. */
const isThere = async (pk: string): Promise<boolean> =>
  (await endpoint.dynamodb(tax).send(new GetItemCommand({ TableName, Key: aKey(pk) }))).Item !== undefined;
const removed = (): string[] =>
  endpoint.records
    .filter(({ record }) => record.userIdentity?.principalId === 'dynamodb.amazonaws.com')
    .map(({ record }) => String(record.dynamodb.Keys['pk']?.['S']));
const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);

test('items go when the hub’s clock passes their time, and the stream says that it was TTL', async () => {
  await put('before', seconds(inDays(1)));
  endpoint.aws.ttl(TableName, 'expires');
  await put('tomorrow', seconds(inDays(1)));
  await put('next-week', seconds(inDays(7)));
  await put('prolonged', seconds(inDays(1)));
  await put('prolonged', seconds(inDays(7)));
  endpoint.hubTime = () => inDays(2);
  await until(() => removed().length === 2);
  expect(removed().toSorted()).toEqual(['before', 'tomorrow']);
  expect([await isThere('tomorrow'), await isThere('next-week'), await isThere('prolonged')]).toEqual([
    false,
    true,
    true,
  ]);
});

test('items that expire while the hub is down go after the restart', async () => {
  endpoint.aws.ttl(TableName, 'expires');
  await put('old', seconds(inDays(1)));
  endpoint.hubTime = () => inDays(2);
  await endpoint.restart();
  await endpoint.aws.createTable(hubTable);
  endpoint.aws.ttl(TableName, 'expires');
  await until(() => removed().length > 0);
  expect(removed()).toEqual(['old']);
});
