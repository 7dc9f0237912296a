import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { dynamoDeliveries } from '../../../functions/adapters/dynamodb/delivery/deliveries.ts';
import { dynamoQualities } from '../../../functions/adapters/dynamodb/intake/quality.ts';
import { dynamoShares } from '../../../functions/adapters/dynamodb/shares.ts';
import { hubTable } from '../../../functions/adapters/dynamodb/table/client.ts';
import { readItem } from '../../../functions/adapters/dynamodb/table/reads.ts';
import { due, pageOf, walk } from '../../../functions/adapters/dynamodb/table/walk.ts';
import { anId, department, instant } from '../../support/builders.ts';
import { connectionLost, dynamoError, timedOut } from './errors.ts';

process.env['HUB_TABLE'] = 'hub';
process.env['AWS_REGION'] = 'us-east-1';

const dynamo = mockClient(DynamoDBDocumentClient);
const table = hubTable();
beforeEach(() => void dynamo.reset());

const key = (number: number) => ({ pk: `ITEM#${number}`, sk: 'HEAD' });
const ways = [
  ['throttled', dynamoError('ThrottlingException')],
  ['beyond the throughput', dynamoError('ProvisionedThroughputExceededException')],
  ['not answered', timedOut()],
  ['cut off', connectionLost()],
  ['met by a fault of the service', dynamoError('InternalServerError', 'server')],
] as const;
const conditionFailed = () => new ConditionalCheckFailedException({ $metadata: {}, message: '' });

describe('items that are read together', () => {
  test.each(ways)('and are %s fail together, and no later ones', async (_way, error) => {
    dynamo.on(BatchGetCommand).rejectsOnce(error);
    dynamo.on(GetCommand).resolves({ Item: { ...key(3), number: 3 } });
    const reads = await Promise.allSettled([readItem(table, key(1)), readItem(table, key(2))]);
    expect(reads).toEqual([1, 2].map(() => ({ status: 'rejected', reason: error })));
    expect(await readItem(table, key(3))).toMatchObject({ number: 3 });
  });

  test('and are left undone are read until all have come, none is taken for one that is not there', async () => {
    const undone = { UnprocessedKeys: { hub: { Keys: [key(2)] } } };
    dynamo
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { hub: [{ ...key(1), number: 1 }] }, ...undone })
      .resolvesOnce(undone)
      .resolvesOnce({ Responses: { hub: [{ ...key(2), number: 2 }] } });
    const found = await Promise.all([1, 2, 3].map((number) => readItem(table, key(number))));
    expect(found.map((item) => item?.['number'])).toEqual([1, 2, undefined]);
    const asked = dynamo.commandCalls(BatchGetCommand).map(({ args }) => args[0].input.RequestItems?.['hub']?.Keys);
    expect(asked).toEqual([[key(1), key(2), key(3)], [key(2)], [key(2)]]);
  });
});

async function read(listing: AsyncIterable<unknown>): Promise<unknown> {
  let last: unknown;
  for await (const item of listing) last = item;
  return last;
}

describe('a listing', () => {
  const page = { Items: [{ ...key(1), sk: 'A#1' }], LastEvaluatedKey: key(1) };
  const from = { pk: 'ITEM', prefix: 'A#' };
  test.each(ways)('of which a later page is %s is a fault, and never a shorter one', async (_way, error) => {
    for (const all of [
      () => read(walk(table, { from })),
      () => read(due(table, 'UPLOAD', instant)),
      () => pageOf(table, { from }, { limit: 10 }, (item) => item),
    ]) {
      dynamo.reset();
      dynamo.on(QueryCommand).resolvesOnce(page).rejects(error);
      await expect(all()).rejects.toBe(error);
    }
  });
});

describe('a plain write', () => {
  const postponing = () =>
    dynamoDeliveries(table).postpone({ deliveryId: anId(1), state: 'planned' } as never, instant);
  test('whose condition fails has nothing left to do', async () => {
    dynamo.on(UpdateCommand).rejects(conditionFailed());
    await expect(postponing()).resolves.toBeUndefined();
  });

  const describing = () =>
    dynamoQualities(table).describe({ resourceId: 'a', sequence: 1, uploadId: 'b' } as never, []);
  test.each([
    ['of a mark', postponing],
    ['of a profile', describing],
  ])(
    '%s that is not answered is a fault: what is behind it comes again, and finds it done or not',
    async (_w, write) => {
      const lost = timedOut();
      dynamo.on(UpdateCommand).rejects(lost);
      await expect(write()).rejects.toMatchObject({ name: 'Fault', cause: lost });
      expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(1);
    },
  );
});

describe('the share of a department', () => {
  const take = () => dynamoShares(table, { callsPerSecond: 50, atOnce: 200 }).take(department('tax'), instant);
  test.each(ways)('that is %s is told to its caller, who lets the call in', async (_way, error) => {
    dynamo.on(UpdateCommand).rejects(error);
    await expect(take()).rejects.toBe(error);
  });
  test('that others move each time is granted: each time there was room', async () => {
    dynamo.on(UpdateCommand).callsFake(() => {
      throw conditionFailed();
    });
    expect(await take()).toMatchObject({ granted: true });
    expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(3);
  });
});
