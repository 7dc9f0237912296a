import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { endLeases } from '../../infra/local/recovery.ts';
import { anId } from '../support/builders.ts';
import { aModel } from './stacks.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
beforeEach(() => {
  dynamo.reset();
  dynamo.on(UpdateCommand).resolves({});
});

const model = aModel({
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: { TableName: 'hub', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [], KeySchema: [] },
  },
});
const principal = { arn: 'a', account: '0', accessKeyId: 'A', secretAccessKey: 'B', kind: 'function' } as const;
const now = '2026-12-01T00:00:00.000Z';
const clock = {
  now: () => new Date(now),
  offset: () => 0,
  before: () => [],
  advance: () => undefined,
  onAdvance: () => undefined,
};
/** Uploads as they are stored, and the marks by which they are found. */
function give(...uploads: readonly object[]): void {
  const items = uploads.map((more, index) => ({
    pk: `UPLOAD#${anId(index + 1)}`,
    sk: 'HEAD',
    epoch: index + 1,
    ...more,
  }));
  dynamo.on(QueryCommand).resolves({ Items: [] });
  dynamo
    .on(QueryCommand, { ExpressionAttributeValues: { ':pk': 'upload', ':until': '9999' } })
    .resolves({ Items: items.map((_, index) => ({ uploadId: anId(index + 1) })) });
  for (const item of items) dynamo.on(GetCommand, { Key: { pk: item.pk, sk: item.sk } }).resolves({ Item: item });
}

test('leases end, whenever they would have run out, and their uploads are due at once; others are left alone', async () => {
  give({ leaseUntil: '2026-12-01T00:01:00.000Z' }, {}, { leaseUntil: '2026-12-01T00:00:30.000Z' });
  await endLeases(model, principal, clock);
  const updates = dynamo.commandCalls(UpdateCommand).map(({ args: [{ input }] }) => input);
  expect(updates.map(({ Key }) => `${String(Key?.['pk'])} ${String(Key?.['sk'])}`)).toEqual(
    [anId(1), anId(3)].flatMap((id) => [`UPLOAD#${id} HEAD`, `UPLOAD#${id} DUE#upload#HEAD`]),
  );
  expect(updates[0]).toMatchObject({
    TableName: 'hub',
    UpdateExpression: 'SET leaseUntil = :now, lookAgainAt = :now',
    ConditionExpression: 'epoch = :epoch AND leaseUntil > :now',
    ExpressionAttributeValues: { ':now': now, ':epoch': 1 },
  });
  expect(updates[1]).toMatchObject({ ExpressionAttributeValues: { ':dueSk': now } });
});

test('a lease that changed meanwhile is left alone; any other fault stops the start', async () => {
  give({ leaseUntil: '2026-12-01T00:01:00.000Z' });
  dynamo.on(UpdateCommand).rejectsOnce(new ConditionalCheckFailedException({ message: 'changed', $metadata: {} }));
  await expect(endLeases(model, principal, clock)).resolves.toBeUndefined();
  dynamo.on(UpdateCommand).rejects(new Error('disk full'));
  await expect(endLeases(model, principal, clock)).rejects.toThrow('disk full');
});
