import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type ReceiveMessageCommandInput,
  type SendMessageCommandInput,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { account, AnEndpoint, failure, tax } from '../an-endpoint.ts';

let endpoint: AnEndpoint;
let sqs: SQSClient;
let QueueUrl: string;
let deadLetters: string;
let number = 0;

beforeAll(async () => {
  endpoint = await AnEndpoint.start();
  sqs = endpoint.sqs();
});
beforeEach(async () => {
  number += 1;
  endpoint.hubTime = () => new Date();
  endpoint.calls.length = 0;
  const dlq = await endpoint.aws.createQueue(`dead-${number}`, { MessageRetentionPeriod: '1209600' });
  deadLetters = dlq.url;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dlq.arn, maxReceiveCount: 2 });
  ({ url: QueueUrl } = await endpoint.aws.createQueue(`work-${number}`, {
    MaximumMessageSize: '1048576',
    RedrivePolicy,
  }));
});
afterAll(() => endpoint.stop());

const send = (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const receive = async (more: Partial<ReceiveMessageCommandInput> = {}) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
const bodies = async (more: Partial<ReceiveMessageCommandInput> = {}): Promise<(string | undefined)[]> =>
  (await receive(more)).map(({ Body }) => Body);

test('the URL of a queue is on the endpoint’s own port', async () => {
  expect(QueueUrl).toBe(`${endpoint.aws.url}/${account}/work-${number}`);
  expect(await sqs.send(new GetQueueUrlCommand({ QueueName: `work-${number}` }))).toMatchObject({ QueueUrl });
});

describe('the trace of a request', () => {
  const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Lineage=a87bd80c:1';
  beforeAll(() => {
    process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'a-function';
    process.env['_X_AMZN_TRACE_ID'] = header;
  });
  afterAll(() => {
    delete process.env['AWS_LAMBDA_FUNCTION_NAME'];
    delete process.env['_X_AMZN_TRACE_ID'];
  });
  const tracesOf = async () =>
    (await receive({ MessageSystemAttributeNames: ['AWSTraceHeader'] })).map(
      ({ Attributes }) => Attributes?.AWSTraceHeader,
    );

  test('which the SDK sends from within a function, is kept with each message', async () => {
    await send('one');
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'two' }] }));
    expect(await tracesOf()).toEqual([header, header]);
  });

  test('gives way to one that the sender names', async () => {
    const own = { DataType: 'String', StringValue: 'Root=1-0-1' };
    await send('one', { MessageSystemAttributes: { AWSTraceHeader: own } });
    expect(await tracesOf()).toEqual(['Root=1-0-1']);
  });
});

test('a message that is set aside is in the dead-letter queue at once, however seldom it was received', async () => {
  await send('chained');
  const [message] = await receive();
  endpoint.aws.setAside(`work-${number}`, message?.ReceiptHandle ?? '');
  expect(await bodies()).toEqual([]);
  expect(await bodies({ QueueUrl: deadLetters })).toEqual(['chained']);
});

describe('a message', () => {
  test('is received with its attributes, hidden, and gone once deleted', async () => {
    await send('{"type":"delivery"}', {
      MessageAttributes: {
        type: { DataType: 'String', StringValue: 'delivery' },
        raw: { DataType: 'Binary', BinaryValue: Buffer.of(1, 2) },
      },
      MessageGroupId: 'tax',
    });
    const [message] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({
      Body: '{"type":"delivery"}',
      Attributes: { ApproximateReceiveCount: '1', MessageGroupId: 'tax', SenderId: 'AKIACHECK:check' },
      MessageAttributes: { type: { DataType: 'String', StringValue: 'delivery' } },
    });
    expect(await receive()).toEqual([]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
  });

  test('may be 1 MiB long where the queue allows it, and no byte longer', async () => {
    await send('x'.repeat(1_048_576));
    expect((await receive())[0]?.Body).toHaveLength(1_048_576);
    expect(await failure(send('x'.repeat(1_048_577)))).toBe('InvalidParameterValue');
  });

  test('comes back when it was hidden for no time, and an earlier handle no longer deletes it', async () => {
    await send('again');
    const [first] = await receive();
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }),
    );
    const [second] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(second?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] }),
    );
    expect(Attributes).toEqual({ ApproximateNumberOfMessagesNotVisible: '1' });
  });

  test('that was received too often goes to the dead-letter queue', async () => {
    await send('poison');
    for (let attempt = 0; attempt < 2; attempt += 1) await receive({ VisibilityTimeout: 0 });
    expect(await receive()).toEqual([]);
    expect(await bodies({ QueueUrl: deadLetters })).toEqual(['poison']);
  });

  test('expires by the hub’s clock', async () => {
    await send('old');
    endpoint.hubTime = () => new Date(Date.now() + 5 * 86_400_000);
    // A department's clock does not move with the hub's.
    const { Messages } = await endpoint.sqs(tax).send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages).toBeUndefined();
  });
});

describe('a long poll', () => {
  test('is answered as soon as there is a message', async () => {
    const waiting = bodies({ WaitTimeSeconds: 20 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await send('arrived');
    expect(await waiting).toEqual(['arrived']);
  });

  test('is answered when a hidden message becomes visible', async () => {
    await send('hidden');
    await receive({ VisibilityTimeout: 1 });
    expect(await bodies({ WaitTimeSeconds: 20 })).toEqual(['hidden']);
  });

  test('whose client has gone takes nothing', async () => {
    const abort = new AbortController();
    const command = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 });
    const gone = failure(sqs.send(command, { abortSignal: abort.signal }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    abort.abort();
    expect(await gone).toBe('AbortError');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await send('for another');
    expect(await bodies()).toEqual(['for another']);
  });
});

describe('a batch', () => {
  test('sends and deletes several, and refuses entries one by one', async () => {
    const Entries = [
      { Id: 'a', MessageBody: 'one' },
      { Id: 'b', MessageBody: 'bad \u0001' },
      { Id: 'c', MessageBody: 'three' },
    ];
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect([sent.Successful?.map(({ Id }) => Id), sent.Failed?.map(({ Code }) => Code)]).toEqual([
      ['a', 'c'],
      ['InvalidMessageContents'],
    ]);
    const messages = await receive();
    const handles = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({ QueueUrl, Entries: [...handles, { Id: 'x', ReceiptHandle: 'junk' }] }),
    );
    expect([deleted.Successful?.length, deleted.Failed?.[0]?.Code]).toEqual([2, 'ReceiptHandleIsInvalid']);
  });

  test.each([
    ['of nothing', [], 'EmptyBatchRequest'],
    [
      'of eleven',
      Array.from({ length: 11 }, (_, i) => ({ Id: `e${i}`, MessageBody: 'x' })),
      'TooManyEntriesInBatchRequest',
    ],
    [
      'with an id twice',
      [
        { Id: 'a', MessageBody: 'x' },
        { Id: 'a', MessageBody: 'y' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
    [
      'of more than 1 MiB',
      Array.from({ length: 2 }, (_, i) => ({ Id: `e${i}`, MessageBody: 'x'.repeat(600_000) })),
      'BatchRequestTooLong',
    ],
  ])('%s is refused', async (_, Entries, name) => {
    expect(await failure(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })))).toBe(name);
  });
});

test('one group’s backlog does not delay another group', async () => {
  for (let i = 0; i < 20; i += 1) await send(`huge ${i}`, { MessageGroupId: 'huge' });
  await receive({ MaxNumberOfMessages: 5 });
  await send('small', { MessageGroupId: 'small' });
  expect(await bodies({ MaxNumberOfMessages: 1 })).toEqual(['small']);
});

test('a delayed message is not there at first', async () => {
  await send('later', { DelaySeconds: 900 });
  expect(await receive()).toEqual([]);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesDelayed'] }),
  );
  expect(Attributes).toEqual({ ApproximateNumberOfMessagesDelayed: '1' });
});

test.each([
  [
    'a queue that does not exist',
    () => receive({ QueueUrl: `${endpoint.aws.url}/${account}/absent` }),
    'QueueDoesNotExist',
  ],
  [
    'a queue of another account',
    () => receive({ QueueUrl: `${endpoint.aws.url}/999999999999/work-1` }),
    'QueueDoesNotExist',
  ],
  ['a wait of 21 seconds', () => receive({ WaitTimeSeconds: 21 }), 'InvalidParameterValue'],
  ['an empty body', () => send(''), 'MissingParameter'],
  ['a queue made by a client', () => sqs.send(new CreateQueueCommand({ QueueName: 'mine' })), 'NotImplemented'],
  ['a deduplication id', () => send('x', { MessageDeduplicationId: 'd' }), 'InvalidParameterValue'],
])('refuses %s', async (_, call, name) => {
  expect(await failure(call())).toBe(name);
});

describe('a FIFO queue', () => {
  let fifo: string;
  beforeEach(async () => {
    ({ url: fifo } = await endpoint.aws.createQueue(`turns-${number}.fifo`, { FifoQueue: 'true' }));
  });
  let sent = 0;
  const sendTo = (MessageGroupId: string, body: string, MessageDeduplicationId = `d-${++sent}`) =>
    send(body, { QueueUrl: fifo, MessageGroupId, MessageDeduplicationId });
  const one = async () => (await receive({ QueueUrl: fifo, MaxNumberOfMessages: 1 }))[0];

  test('hands out no other message of a group while one of it is in flight', async () => {
    for (const body of ['a1', 'a2']) await sendTo('a', body);
    await sendTo('b', 'b1');
    const [first, second, third] = [await one(), await one(), await one()];
    expect([first?.Body, second?.Body, third]).toEqual(['a1', 'b1', undefined]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: fifo, ReceiptHandle: first?.ReceiptHandle }));
    expect((await one())?.Body).toBe('a2');
  });

  test('hands out a message that comes back before the others of its group', async () => {
    for (const body of ['a1', 'a2']) await sendTo('a', body);
    const first = await one();
    const back = { QueueUrl: fifo, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityCommand(back));
    expect((await one())?.Body).toBe('a1');
  });

  test('takes a message with the same deduplication id once within five minutes', async () => {
    const ids = [await sendTo('a', 'a1', 'same'), await sendTo('a', 'a1', 'same')].map(({ MessageId }) => MessageId);
    expect(ids[0]).toBe(ids[1]);
    endpoint.hubTime = () => new Date(Date.now() + 5 * 60_000);
    expect((await sendTo('a', 'a1', 'same')).MessageId).not.toBe(ids[0]);
  });

  test.each([
    ['without a group', { MessageDeduplicationId: 'd' }],
    ['without a deduplication id', { MessageGroupId: 'a' }],
  ])('takes no message %s', async (_, more) => {
    expect(await failure(send('x', { QueueUrl: fifo, ...more }))).toBe('MissingParameter');
  });

  test('wakes who waits for a message of the group once the one in flight is done', async () => {
    for (const body of ['a1', 'a2']) await sendTo('a', body);
    const first = await one();
    const waiting = receive({ QueueUrl: fifo, WaitTimeSeconds: 20 });
    await sqs.send(new DeleteMessageCommand({ QueueUrl: fifo, ReceiptHandle: first?.ReceiptHandle }));
    expect((await waiting).map(({ Body }) => Body)).toEqual(['a2']);
  });
});

test.each([
  ['a FIFO queue without the ending', 'orders', { FifoQueue: 'true' }],
  ['another with it', 'orders.fifo', {}],
  ['a FIFO queue that is none', 'orders.fifo', { FifoQueue: 'false' }],
])('%s is a fault at start', async (_, name, attributes) => {
  await expect(endpoint.aws.createQueue(name, attributes as Record<string, string>)).rejects.toThrow(/fifo/);
});

test('permissions name the queue', async () => {
  await receive();
  expect(endpoint.calls.at(-1)).toMatchObject({
    action: 'sqs:ReceiveMessage',
    resource: `arn:aws:sqs:cn-north-1:${account}:work-${number}`,
  });
});
