import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

import type { ObjectCreated } from '../../../infra/local/aws/endpoint.ts';
import { AnEndpoint, until } from './an-endpoint.ts';
import { aKey, anItem, hubTable } from './dynamodb/a-table.ts';

let endpoint: AnEndpoint;

beforeEach(async () => {
  endpoint = await AnEndpoint.start();
  await setUp();
});
afterEach(() => endpoint.stop());

async function setUp(): Promise<string> {
  await endpoint.aws.createTable(hubTable);
  await endpoint.aws.createBucket('intake', { versioned: true });
  return (await endpoint.aws.createQueue('work', {})).url;
}

test('a restart keeps items, objects and messages', async () => {
  await endpoint.dynamodb().send(new PutItemCommand({ TableName: 'hub', Item: anItem('kept') }));
  await endpoint.s3().send(new PutObjectCommand({ Bucket: 'intake', Key: 'kept', Body: 'bytes' }));
  await endpoint.sqs().send(new SendMessageCommand({ QueueUrl: await setUp(), MessageBody: 'kept' }));
  await endpoint.restart();
  const QueueUrl = await setUp();
  const { Item } = await endpoint.dynamodb().send(new GetItemCommand({ TableName: 'hub', Key: aKey('kept') }));
  const { Body } = await endpoint.s3().send(new GetObjectCommand({ Bucket: 'intake', Key: 'kept' }));
  const { Messages } = await endpoint.sqs().send(new ReceiveMessageCommand({ QueueUrl }));
  expect([Item, await Body?.transformToString(), Messages?.map((message) => message.Body)]).toEqual([
    anItem('kept'),
    'bytes',
    ['kept'],
  ]);
});

test('a restart removes files that no object has', async () => {
  await endpoint.s3().send(new PutObjectCommand({ Bucket: 'intake', Key: 'kept', Body: 'bytes' }));
  const blobs = join(endpoint.dataDir, 's3', 'blobs');
  await writeFile(join(blobs, 'half-received'), 'half');
  await endpoint.restart();
  expect(await readdir(blobs)).toHaveLength(1);
});

test('an event that was not taken is offered again after a restart', async () => {
  await endpoint.restart({ onObjectCreated: () => Promise.reject(new Error('not ready')) });
  await endpoint.s3().send(new PutObjectCommand({ Bucket: 'intake', Key: 'untold', Body: 'x' }));
  const told: ObjectCreated[] = [];
  await endpoint.restart({ onObjectCreated: (event) => void told.push(event) });
  await until(() => told.length > 0);
  expect(told).toMatchObject([{ key: 'untold', at: expect.any(Date) }]);
});

const crashing = join(import.meta.dirname, 'crashing.ts');

test.each([1, 2, 3])('a killed process leaves whole transactions only (%s)', async (round) => {
  await endpoint.restart();
  const dataDir = join(endpoint.dataDir, `crash-${round}`);
  const child = spawn(process.execPath, ['--no-warnings', crashing, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  expect(String(first)).toContain('writing');
  await new Promise((resolve) => setTimeout(resolve, 40 * round));
  child.kill('SIGKILL');
  await once(child, 'exit');

  await endpoint.restart({ dataDir });
  await endpoint.aws.createTable(hubTable);
  const rounds = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const { Item } = await endpoint
        .dynamodb()
        .send(new GetItemCommand({ TableName: 'hub', Key: aKey(`item-${index}`) }));
      return Item?.['gsi']?.S;
    }),
  );
  expect(rounds[0]).toMatch(/^round-\d+$/);
  expect(new Set(rounds)).toEqual(new Set([rounds[0]]));
  const { Count } = await endpoint.dynamodb().send(
    new QueryCommand({
      TableName: 'hub',
      IndexName: 'byGsi',
      KeyConditionExpression: 'gsi = :round',
      ExpressionAttributeValues: { ':round': { S: rounds[0] ?? '' } },
    }),
  );
  expect(Count).toBe(10);
});
