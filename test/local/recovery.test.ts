import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { endLeases } from '../../infra/local/recovery.ts';
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
const upload = (id: number, more: object) => ({ pk: `UPLOAD#${id}`, sk: 'HEAD', epoch: id, ...more });

test('leases end, whenever they would have run out, and their uploads are due at once; others are left alone', async () => {
  const held = upload(1, { leaseUntil: '2026-12-01T00:01:00.000Z' });
  dynamo
    .on(QueryCommand)
    .resolves({ Items: [held, upload(2, {}), upload(3, { leaseUntil: '2026-12-01T00:00:30.000Z' })] });
  await endLeases(model, principal, clock);
  expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toMatchObject({
    TableName: 'hub',
    ExpressionAttributeValues: { ':pk': 'UPLOAD', ':until': '9999' },
  });
  const updates = dynamo.commandCalls(UpdateCommand).map(({ args: [{ input }] }) => input);
  expect(updates.map(({ Key }) => Key?.['pk'] as string)).toEqual(['UPLOAD#1', 'UPLOAD#3']);
  expect(updates[0]).toMatchObject({
    UpdateExpression: 'SET leaseUntil = :now, lookAgainAt = :now, dueSk = :now',
    ConditionExpression: 'epoch = :epoch AND leaseUntil > :now',
    ExpressionAttributeValues: { ':now': now, ':epoch': 1 },
  });
});

test('a lease that changed meanwhile is left alone; any other fault stops the start', async () => {
  dynamo.on(QueryCommand).resolves({ Items: [upload(1, { leaseUntil: '2026-12-01T00:01:00.000Z' })] });
  dynamo.on(UpdateCommand).rejectsOnce(new ConditionalCheckFailedException({ message: 'changed', $metadata: {} }));
  await expect(endLeases(model, principal, clock)).resolves.toBeUndefined();
  dynamo.on(UpdateCommand).rejects(new Error('disk full'));
  await expect(endLeases(model, principal, clock)).rejects.toThrow('disk full');
});
