import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { accessOf } from '../../../infra/local/access/access.ts';
import { hubClock } from '../../../infra/local/clock.ts';
import { TemplateFault } from '../../../infra/local/template/fault.ts';
import type { JsonObject } from '../../../infra/local/template/json.ts';
import { wiringOf, type Wiring } from '../../../infra/local/wiring/connect.ts';
import { inFlightIn } from '../../../infra/local/wiring/in-flight.ts';
import { aModel, allow, policy } from '../stacks.ts';
import { scriptedPool } from './scripted-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'wiring-'));
afterAll(() => rmSync(folder, { recursive: true }));

const queueArn = { 'Fn::GetAtt': ['Queue', 'Arn'] };
const streamArn = { 'Fn::GetAtt': ['Table', 'StreamArn'] };
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:scripted';
const consuming = allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queueArn);
const reading = allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], streamArn);
const key = [{ AttributeName: 'pk', AttributeType: 'S' }];

const role = (...statements: JsonObject[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'scripted', Policies: [{ PolicyName: 'own', PolicyDocument: policy(...statements) }] },
});
const base = {
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'hub',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: key,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  },
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'files',
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    },
  },
  Silent: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'silent' } },
};
const mapping = (properties: JsonObject) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: 'scripted', ...properties },
});
const rule = {
  Type: 'AWS::Events::Rule',
  Properties: { Name: 'created', EventPattern: { source: ['aws.s3'] }, Targets: [{ Id: 't', Arn: functionArn }] },
};
const permission = (SourceArn: string) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: functionArn,
    Principal: 'events.amazonaws.com',
    SourceArn,
  },
});
const schedule = {
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression: 'rate(1 minute)',
    Target: { Arn: functionArn, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  },
};

function wired(resources: Parameters<typeof aModel>[0], pool = scriptedPool()): Wiring {
  const model = aModel({ ...base, ...resources });
  return wiringOf({
    model,
    access: accessOf(model),
    clock: hubClock(folder),
    inFlight: inFlightIn(join(folder, 'in-flight')),
    setAside: () => undefined,
    sqsAs: () => new SQSClient({ region: 'us-east-1' }),
    poolOf: (name) => {
      if (name !== 'scripted' && name !== functionArn) throw new TemplateFault(`the template has no function ${name}`);
      return pool;
    },
  });
}

describe('does not start where AWS would not work:', () => {
  test.each<[string, Parameters<typeof aModel>[0], RegExp]>([
    [
      'a queue that the function’s role may not consume',
      { Role: role(allow('sqs:ReceiveMessage', queueArn)), Source: mapping({ EventSourceArn: queueArn }) },
      /stack\/Source: role scripted \(stack\/Role\) lacks sqs:DeleteMessage, sqs:GetQueueAttributes on arn:aws:sqs:us-east-1:000000000000:work/,
    ],
    [
      'a stream that it may not read',
      { Role: role(consuming), Source: mapping({ EventSourceArn: streamArn }) },
      /lacks dynamodb:DescribeStream/,
    ],
    [
      'a queue for failures that it may not send to',
      {
        Role: role(reading),
        Source: mapping({ EventSourceArn: streamArn, DestinationConfig: { OnFailure: { Destination: queueArn } } }),
      },
      /lacks sqs:SendMessage/,
    ],
    [
      'a queue that is not there',
      { Role: role(allow('*', '*')), Source: mapping({ EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:other' }) },
      /no queue/,
    ],
    [
      'a table that is not there',
      {
        Role: role(allow('*', '*')),
        Source: mapping({ EventSourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/other/stream/1' }),
      },
      /no table has the stream/,
    ],
    [
      'a source of another kind',
      {
        Role: role(allow('*', '*')),
        Source: mapping({ EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s' }),
      },
      /kinesis/,
    ],
    [
      'a filter on a queue',
      {
        Role: role(consuming),
        Source: mapping({ EventSourceArn: queueArn, FilterCriteria: { Filters: [{ Pattern: '{}' }] } }),
      },
      /does not filter messages/,
    ],
    [
      'a rule without permission to call its target',
      { Rule: rule },
      /stack\/Rule: scripted has no AWS::Lambda::Permission for events\.amazonaws\.com/,
    ],
    [
      'a permission for another rule',
      { Rule: rule, Permission: permission('arn:aws:events:us-east-1:000000000000:rule/other') },
      /has no AWS::Lambda::Permission/,
    ],
    [
      'a target that is no function of the template',
      { Rule: { ...rule, Properties: { ...rule.Properties, Targets: [{ Id: 't', Arn: 'arn:aws:sns:x' }] } } },
      /no function arn:aws:sns:x/,
    ],
    [
      'a schedule whose role may not call its target',
      { Role: role(consuming), Schedule: schedule },
      /lacks lambda:InvokeFunction/,
    ],
  ])('%s', (_, resources, message) => {
    expect(() => wired(resources)).toThrow(message);
  });
});

test('a disabled mapping, rule and schedule are not looked at', () => {
  const disabled = {
    Source: mapping({ EventSourceArn: queueArn, Enabled: false }),
    Rule: { ...rule, Properties: { ...rule.Properties, State: 'DISABLED' } },
    Schedule: { ...schedule, Properties: { ...schedule.Properties, State: 'DISABLED' } },
    Role: role(consuming),
  };
  expect(() => wired(disabled)).not.toThrow();
});

test('only a bucket that tells EventBridge starts its rules', async () => {
  const pool = scriptedPool();
  const wiring = wired(
    { Rule: rule, Permission: permission('arn:aws:events:us-east-1:000000000000:rule/created') },
    pool,
  );
  const object = {
    key: 'a',
    size: 1,
    eTag: 'e',
    versionId: 'v',
    sequencer: '0',
    reason: 'PutObject',
    requester: '0',
    at: new Date(),
  } as const;
  await wiring.onObjectCreated({ ...object, bucket: 'silent' });
  expect(pool.events).toEqual([]);
  await wiring.onObjectCreated({ ...object, bucket: 'files' });
  expect(pool.events).toHaveLength(1);
});
