import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { principalsOf } from '../../infra/local/access/principals.ts';
import type { Principal } from '../../infra/local/aws/contracts.ts';
import { hubClock, type HubClock } from '../../infra/local/clock.ts';
import { startEmulators, type Emulators } from '../../infra/local/emulators.ts';
import { endLeases, RECOVERY_ROLE } from '../../infra/local/recovery.ts';
import { ACCOUNT, localWorld, REGION } from '../../infra/local/template/world.ts';
import { anId } from '../support/builders.ts';
import { hubTableOf } from '../support/local-aws.ts';
import { aModel } from './stacks.ts';

let dataDir: string;
let emulators: Emulators;
let clock: HubClock;
/** Called whenever somebody looks at the clock, as for every request. */
let onRequest: () => void;
let recovery: Principal;
let tax: Principal;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'hub-starting-'));
  onRequest = () => undefined;
  const moving = hubClock(dataDir);
  const now = () => {
    onRequest();
    return moving.now();
  };
  clock = { ...moving, now };
  const principals = principalsOf(dataDir, ACCOUNT);
  emulators = await startEmulators({ port: 0, dataDir, clock, principals });
  recovery = principals.of(RECOVERY_ROLE, 'local', 'function');
  tax = principals.of('hub-dev-dept-tax', 'local', 'department');
});
afterEach(async () => {
  emulators.abandon();
  await emulators.aws.close();
  rmSync(dataDir, { recursive: true });
});

const connect = () =>
  emulators.connect(() => ({ allowed: true }), { onObjectCreated: async () => {}, onStreamRecords: async () => {} });
const configOf = ({ accessKeyId, secretAccessKey, sessionToken }: Principal, maxAttempts: number) => ({
  endpoint: emulators.aws.url,
  region: REGION,
  credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  maxAttempts,
});

describe('while the hub starts', () => {
  test.each([
    [
      'S3',
      () => new S3Client({ ...configOf(tax, 1), forcePathStyle: true }).send(new ListObjectsV2Command({ Bucket: 'b' })),
    ],
    ['SQS', () => new SQSClient(configOf(tax, 1)).send(new GetQueueUrlCommand({ QueueName: 'q' }))],
    [
      'DynamoDB',
      () => new DynamoDBClient(configOf(tax, 1)).send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } })),
    ],
  ] as const)('valid credentials are told to try again: %s', async (_, call) => {
    await expect(call()).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
  });

  test('an SDK waits for it by itself', async () => {
    await emulators.aws.createQueue('mailbox', {});
    const client = new SQSClient(configOf(tax, 5));
    let answers = 0;
    client.middlewareStack.add(
      (next) => async (args) => {
        // The first answer has come, which was given before the hub was ready.
        if (answers++ === 1) connect();
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'mailbox' }));
    expect(QueueUrl).toContain('mailbox');
    expect(answers).toBe(2);
  });
});

describe('the hub’s clock is moved', () => {
  const lease = (id: number) => ({
    pk: { S: `UPLOAD#${anId(id)}` },
    sk: { S: 'HEAD' },
    uploadId: { S: anId(id) },
    duePk: { S: 'UPLOAD' },
    dueSk: { S: '2026-12-01T00:00:00.000Z' },
    epoch: { N: '1' },
    leaseUntil: { S: '9998' },
  });

  test('while leases end: the start goes on', async () => {
    await emulators.aws.createTable(hubTableOf('hub'));
    connect();
    const table = new DynamoDBClient(configOf(recovery, 1));
    for (const id of [1, 2, 3]) await table.send(new PutItemCommand({ TableName: 'hub', Item: lease(id) }));
    onRequest = () => clock.advance(3_600_000);
    const model = aModel({
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { TableName: 'hub', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [], KeySchema: [] },
      },
    });
    await endLeases({ ...model, world: localWorld(emulators.aws.url) }, recovery, clock);
    onRequest = () => undefined;
    for (const id of [1, 2, 3]) {
      const { pk, sk } = lease(id);
      const { Item } = await table.send(new GetItemCommand({ TableName: 'hub', Key: { pk, sk } }));
      expect(Item?.['leaseUntil']?.S).not.toBe('9998');
    }
  });

  test('while a function runs: its calls go on, by the time at which it began, and its SDK is not put right', async () => {
    await emulators.aws.createTable(hubTableOf('hub'));
    connect();
    const running = new DynamoDBClient(configOf(recovery, 1));
    for (const id of [1, 2, 3]) {
      clock.advance(3_600_000);
      await running.send(new PutItemCommand({ TableName: 'hub', Item: lease(id) }));
    }
    expect(Math.abs(running.config.systemClockOffset)).toBeLessThan(60_000);
  });
});
