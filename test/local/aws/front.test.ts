import { connect } from 'node:net';

import { HeadBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ListQueuesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { AnEndpoint, check, failure, tax } from './an-endpoint.ts';

let endpoint: AnEndpoint;

beforeAll(async () => {
  endpoint = await AnEndpoint.start();
  await endpoint.aws.createBucket('intake', { versioned: true });
});
afterAll(() => endpoint.stop());

test('STS says who calls', async () => {
  expect(await endpoint.sts(tax).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: tax.account,
    Arn: tax.arn,
    UserId: 'AKIATAX:local',
  });
});

describe('refuses', () => {
  const stranger = { ...tax, accessKeyId: 'AKIANOBODY' };
  const impostor = { ...tax, secretAccessKey: 'guess' };
  test.each([
    [
      'an unknown key on S3',
      () => endpoint.s3(stranger).send(new ListObjectsV2Command({ Bucket: 'intake' })),
      'InvalidAccessKeyId',
    ],
    [
      'a wrong secret on S3',
      () => endpoint.s3(impostor).send(new ListObjectsV2Command({ Bucket: 'intake' })),
      'SignatureDoesNotMatch',
    ],
    [
      'an unknown key on SQS',
      () => endpoint.sqs(stranger).send(new ListQueuesCommand({})),
      'UnrecognizedClientException',
    ],
    [
      'a wrong secret on SQS',
      () => endpoint.sqs(impostor).send(new ListQueuesCommand({})),
      'InvalidSignatureException',
    ],
    [
      'a wrong secret on DynamoDB',
      () => endpoint.dynamodb(impostor).send(new GetItemCommand({ TableName: 'hub', Key: {} })),
      'InvalidSignatureException',
    ],
    [
      'a wrong secret on STS',
      () => endpoint.sts(impostor).send(new GetCallerIdentityCommand({})),
      'SignatureDoesNotMatch',
    ],
  ])('%s', async (_, call, name) => {
    expect(await failure(call())).toBe(name);
  });

  test('an anonymous request', async () => {
    const response = await fetch(`${endpoint.aws.url}/intake?list-type=2`);
    expect([response.status, await response.text()]).toEqual([
      403,
      expect.stringContaining('<Code>AccessDenied</Code>'),
    ]);
  });

  test('what the policies do not grant, naming principal, action and resource', async () => {
    endpoint.denied.add('sqs:ReceiveMessage');
    const url = `${endpoint.aws.url}/${tax.account}/mailbox-tax`;
    const refused = endpoint.sqs(tax).send(new ReceiveMessageCommand({ QueueUrl: url }));
    endpoint.denied.add('s3:ListBucket');
    await expect(refused).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `User: ${tax.arn} is not authorized to perform: sqs:ReceiveMessage on resource: ` +
          `arn:aws:sqs:cn-north-1:${tax.account}:mailbox-tax`,
      ),
    });
    expect(await failure(endpoint.s3(tax).send(new ListObjectsV2Command({ Bucket: 'intake' })))).toBe('AccessDenied');
    endpoint.denied.clear();
  });
});

test('answers a function with the hub’s time and a department with real time, by which SDKs set their clocks', async () => {
  const year = async (principal: typeof tax): Promise<number | undefined> => {
    const s3 = endpoint.s3(principal, { systemClockOffset: principal.kind === 'function' ? 86_400_000 * 365 * 10 : 0 });
    let date: string | undefined;
    s3.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        date = (result.response as { headers: Record<string, string> }).headers['date'];
        return result;
      },
      { step: 'deserialize', priority: 'low' },
    );
    await s3.send(new HeadBucketCommand({ Bucket: 'intake' }));
    return date === undefined ? undefined : new Date(date).getFullYear();
  };
  endpoint.hubTime = () => new Date(Date.now() + 86_400_000 * 365 * 10);
  const years = [await year(check), await year(tax)];
  endpoint.hubTime = () => new Date();
  expect(years).toEqual([new Date(Date.now() + 86_400_000 * 365 * 10).getFullYear(), new Date().getFullYear()]);
});

describe('survives', () => {
  test.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['an absurd length', 'PUT /intake/a HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n'],
    ['a malformed escape', 'GET /intake/%zz?%zz=%zz HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['a malformed Authorization', 'GET / HTTP/1.1\r\nhost: x\r\nauthorization: AWS4-HMAC-SHA256 ,,==,\r\n\r\n'],
    ['no host', 'GET / HTTP/1.0\r\n\r\n'],
    [
      'a body that breaks off',
      'POST / HTTP/1.1\r\nhost: x\r\nx-amz-target: AmazonSQS.SendMessage\r\ncontent-length: 100\r\n\r\n{',
    ],
    ['an absolute URL', 'GET http://[/ HTTP/1.1\r\nhost: x\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(endpoint.aws.url).port), '127.0.0.1', () => {
        socket.write(bytes, () => setTimeout(() => socket.destroy(), 20));
      });
      socket
        .resume()
        .on('error', () => undefined)
        .on('close', () => resolve());
    });
    expect(await endpoint.sts().send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: check.account });
  });
});
