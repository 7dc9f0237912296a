import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { eventQueueUrls, sqsEventQueues } from '../../functions/adapters/sqs/event-queues.ts';
import type { Image } from '../../functions/stream/domain/image.ts';
import { routeHandler, type StreamRecord } from '../../functions/stream/route.handler.ts';
import { anId } from '../support/builders.ts';
import { recordingLog } from '../support/memory/kernel.ts';

const sqs = mockClient(SQSClient);
afterEach(() => void sqs.reset());

const urls = {
  dispatch: 'https://sqs.test/1/hub-dispatch',
  notices: 'https://sqs.test/1/hub-notices',
  'intake-follow': 'https://sqs.test/1/hub-intake-follow',
  represent: 'https://sqs.test/1/hub-represent',
  derive: 'https://sqs.test/1/hub-derive',
};

const record = (number: number, NewImage: Image): StreamRecord => ({
  dynamodb: { SequenceNumber: String(number), NewImage },
});
const aDataset = (number: number) =>
  record(number, {
    kind: { S: 'dataset' },
    provider: { S: 'quality' },
    resourceId: { S: 'streets' },
    datasetVersion: { N: String(number) },
  });
const aNotice = (number: number) =>
  record(number, { kind: { S: 'message' }, to: { S: 'tax' }, notice: { M: { noticeId: { S: anId(number) } } } });

function aRouter() {
  const log = recordingLog();
  const route = routeHandler({ queues: sqsEventQueues(new SQSClient({ region: 'us-east-1' }), urls), log });
  return {
    log,
    route: async (...Records: StreamRecord[]) =>
      (await route({ Records })).batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier)),
  };
}

const calls = () => sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input);
const numbered = (from: number, count: number, make: (number: number) => StreamRecord) =>
  Array.from({ length: count }, (_, index) => make(from + index));

describe('the router', () => {
  test('sends what is told together, ten in a call, each event in the name of its department', async () => {
    sqs.on(SendMessageBatchCommand).resolves({});
    const { route } = aRouter();
    expect(await route(...numbered(1, 23, aDataset), ...numbered(24, 2, aNotice))).toEqual([]);
    expect(calls().map(({ QueueUrl, Entries = [] }) => [QueueUrl, Entries.length])).toEqual([
      [urls.dispatch, 10],
      [urls.dispatch, 10],
      [urls.dispatch, 3],
      [urls.represent, 10],
      [urls.represent, 10],
      [urls.represent, 3],
      [urls.derive, 10],
      [urls.derive, 10],
      [urls.derive, 3],
      [urls.notices, 2],
    ]);
    const [first] = calls()[0]?.Entries ?? [];
    expect([first?.MessageGroupId, JSON.parse(first?.MessageBody ?? '')]).toEqual([
      'quality',
      { type: 'dataset-committed', resourceId: 'streets', datasetVersion: 1 },
    ]);
  });

  test('calls nobody where nothing of that is to be told', async () => {
    const { route } = aRouter();
    expect(await route(record(1, { kind: { S: 'upload' }, state: { S: 'awaiting' } }), { dynamodb: {} })).toEqual([]);
    expect(calls()).toEqual([]);
  });

  test('reports the record of an entry that its queue refused, and no other', async () => {
    sqs.on(SendMessageBatchCommand).resolves({});
    sqs.on(SendMessageBatchCommand, { QueueUrl: urls.dispatch }).resolves({
      Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }],
      Successful: [],
    });
    const { route, log } = aRouter();
    expect(await route(aNotice(1), aDataset(2), aDataset(3), aNotice(4))).toEqual([3]);
    expect(log.lines).toMatchObject([
      {
        level: 'error',
        message: 'event not sent',
        about: { resourceId: 'streets', datasetVersion: 3, code: 'dispatch' },
      },
    ]);
  });

  test('of a queue that fails reports its own records; the others have had theirs', async () => {
    sqs.on(SendMessageBatchCommand).resolves({});
    sqs.on(SendMessageBatchCommand, { QueueUrl: urls.dispatch }).rejects(new Error('13800138000'));
    const { route, log } = aRouter();
    expect(await route(...numbered(1, 12, aDataset), ...numbered(13, 3, aNotice))).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
    expect(calls().filter(({ QueueUrl }) => QueueUrl === urls.notices)).toHaveLength(1);
    expect(JSON.stringify(log.lines)).not.toContain('13800138000');
  });

  test('reports a record that it cannot read, by its ids, and tells the others', async () => {
    sqs.on(SendMessageBatchCommand).resolves({});
    const { route, log } = aRouter();
    const unread = record(2, { kind: { S: 'dataset' }, resourceId: { S: 'streets' } });
    expect(await route(aDataset(1), unread, aDataset(3))).toEqual([2]);
    expect(calls()[0]?.Entries).toHaveLength(2);
    expect(log.lines).toMatchObject([{ message: 'stream record failed', about: { resourceId: 'streets' } }]);
  });
});

test('the router knows a queue for everybody who reacts, or does not start', () => {
  process.env['HUB_EVENT_QUEUE_URLS'] = JSON.stringify(urls);
  expect(eventQueueUrls()).toEqual(urls);
  process.env['HUB_EVENT_QUEUE_URLS'] = JSON.stringify({ ...urls, notices: undefined });
  expect(eventQueueUrls).toThrow('notices');
  delete process.env['HUB_EVENT_QUEUE_URLS'];
});
