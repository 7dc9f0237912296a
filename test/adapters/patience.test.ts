import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { athenaClient } from '../../functions/adapters/athena/client.ts';
import { kmsClient } from '../../functions/adapters/kms/client.ts';
import { patience } from '../../functions/adapters/patience.ts';
import { presigningClient, s3Client } from '../../functions/adapters/s3/client.ts';
import { readObject } from '../../functions/adapters/s3/object-reader.ts';
import { sqsClient } from '../../functions/adapters/sqs/client.ts';
import { hubTable } from '../../functions/adapters/dynamodb/table/client.ts';

const environment = { ...process.env };
let server: Server | undefined;
afterEach(() => {
  jest.useRealTimers();
  process.env = { ...environment };
  server?.closeAllConnections();
  server?.close();
});

/** A service of AWS's, for clients that are made from now on. */
async function aService(answer: RequestListener): Promise<void> {
  server = createServer(answer);
  await new Promise<void>((listening) => server!.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret' };
  process.env = { ...environment, ...keys, AWS_ENDPOINT_URL: endpoint, HUB_TABLE: 'hub' };
}

describe('a service that never answers', () => {
  test.each([
    ['DynamoDB', () => new DynamoDBClient(patience(100)).send(new ListTablesCommand({}))],
    ['SQS', () => new SQSClient(patience(100)).send(new ListQueuesCommand({}))],
    ['S3', () => new S3Client(patience(100)).send(new ListBucketsCommand({}))],
  ] as const)('is given up after three attempts: %s', async (_, call) => {
    await aService(() => undefined);
    await expect(call()).rejects.toMatchObject({ name: 'TimeoutError', $metadata: { attempts: 3 } });
  });
});

test.each([
  ['the table', () => hubTable().client.config, 6_000],
  ['queues', () => sqsClient().config, 6_000],
  ['keys of digests', () => kmsClient().config, 6_000],
  ['queries', () => athenaClient().config, 6_000],
  ['objects', () => s3Client().config, 20_000],
  ['presigned URLs', () => presigningClient().config, 20_000],
] as const)('the functions’ own client of %s waits for a bounded time and tries three times', async (...row) => {
  const [, configOf, requestTimeout] = row;
  await aService((_, response) => void response.writeHead(400).end());
  const { maxAttempts, requestHandler } = configOf();
  expect(await maxAttempts()).toBe(3);
  // The handler settles what it was given with its first request.
  await requestHandler.handle(requestTo(server!)).catch(() => undefined);
  expect((requestHandler as unknown as { httpHandlerConfigs(): object }).httpHandlerConfigs()).toMatchObject({
    connectionTimeout: 3_000,
    requestTimeout,
    throwOnRequestTimeout: true,
    socketTimeout: 60_000,
  });
});

test('an object that comes slowly is not cut: the time for an answer ends with its headers', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
  const sent = Promise.withResolvers<(chunk: string) => void>();
  await aService((_, response) => {
    response.writeHead(200, { 'content-length': 2 }).flushHeaders();
    sent.resolve((chunk) => void response.write(chunk));
  });
  const body = (await readObject(s3Client(), 'b', 'k'))[Symbol.asyncIterator]();
  const send = await sent.promise;
  send('a');
  expect(String((await body.next()).value)).toBe('a');
  await jest.advanceTimersByTimeAsync(300_000);
  send('b');
  expect(String((await body.next()).value)).toBe('b');
  expect((await body.next()).done).toBe(true);
});

test('an object that falls silent is read on from the byte where it broke', async () => {
  const ranges: (string | undefined)[] = [];
  await aService(({ headers: { range } }, response) => {
    ranges.push(range);
    response.writeHead(range === undefined ? 200 : 206, { 'content-length': range === undefined ? 2 : 1 });
    if (range === undefined) response.write('a');
    else response.end('b');
  });
  const { requestHandler, ...rest } = patience();
  const impatient = new S3Client({ ...rest, requestHandler: { ...requestHandler, socketTimeout: 100 } });
  const chunks: string[] = [];
  for await (const chunk of await readObject(impatient, 'b', 'k')) chunks.push(String(chunk));
  expect(chunks).toEqual(['a', 'b']);
  expect(ranges).toEqual([undefined, 'bytes=1-']);
});

const requestTo = (to: Server) => ({
  protocol: 'http:',
  method: 'GET',
  hostname: '127.0.0.1',
  port: (to.address() as AddressInfo).port,
  path: '/',
  query: {},
  headers: {},
});
