import { expect, jest, test } from '@jest/globals';
import type { StreamRecord } from '../../../infra/local/aws/contracts.ts';
import type { InvocationResult } from '../../../infra/local/runtime/messages.ts';
import { streamReader, type StreamSource } from '../../../infra/local/wiring/stream-source.ts';
import { failed, scriptedPool, succeeded } from './scripted-pool.ts';

const record = (n: number, kind = 'dataset'): StreamRecord => ({
  eventID: String(n),
  eventName: 'INSERT',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'us-east-1',
  eventSourceARN: 'elsewhere',
  dynamodb: {
    ApproximateCreationDateTime: 0,
    Keys: {},
    NewImage: { kind: { S: kind } },
    SequenceNumber: String(n),
    SizeBytes: 1,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  },
});
const records = (...numbers: number[]) => numbers.map((n) => record(n));
interface Batch {
  readonly Records: readonly StreamRecord[];
}
const numbersOf = (event: unknown) => (event as Batch).Records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));

function reader(answer: (event: Batch, nth: number) => InvocationResult, changes: Partial<StreamSource> = {}) {
  const pool = scriptedPool(answer);
  const given = jest.fn(async (_event: unknown) => undefined);
  const stopping = new AbortController();
  const source: StreamSource = {
    streamArn: 'arn:stream',
    filters: ['{"dynamodb":{"NewImage":{"kind":{"S":["dataset"]}}}}'],
    batchSize: 4,
    reportsBatchItemFailures: true,
    bisects: true,
    maximumRetries: 2,
    pool,
    onFailure: given,
    signal: stopping.signal,
    ...changes,
  };
  return { read: streamReader(source), batches: () => pool.events.map(numbersOf), given, pool, stopping };
}

test('only records that match the filter are passed on, in order, in batches, under the mapping’s own stream', async () => {
  const { read, batches, pool } = reader(() => succeeded());
  await read([...records(1, 2), record(3, 'upload'), ...records(4, 5, 6)]);
  expect(batches()).toEqual([[1, 2, 4, 5], [6]]);
  expect((pool.events[0] as Batch).Records[0]?.eventSourceARN).toBe('arn:stream');
});

test('what a function reports is tried again from there, and what was before it is done', async () => {
  const { read, batches } = reader((_, nth) =>
    succeeded(nth === 1 ? { batchItemFailures: [{ itemIdentifier: '3' }] } : { batchItemFailures: [] }),
  );
  await read(records(1, 2, 3, 4));
  expect(batches()).toEqual([
    [1, 2, 3, 4],
    [3, 4],
  ]);
});

test('a failing batch is halved until the bad record is alone; that one is given up after its tries, the others go through', async () => {
  const { read, batches, given } = reader(({ Records }) =>
    Records.some(({ dynamodb }) => dynamodb.SequenceNumber === '3') ? failed : succeeded(),
  );
  await read(records(1, 2, 3, 4));
  expect(batches()).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [4]]);
  expect(given).toHaveBeenCalledTimes(1);
  expect(given.mock.calls[0]?.[0]).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted' },
    DDBStreamBatchInfo: { streamArn: 'arn:stream', batchSize: 1, startSequenceNumber: '3', endSequenceNumber: '3' },
  });
});

test('without halving the whole batch is tried again', async () => {
  const { read, batches } = reader((_, nth) => (nth < 3 ? failed : succeeded()), { bisects: false });
  await read(records(1, 2));
  expect(batches()).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
});

test('a report that names no record of the batch fails the batch', async () => {
  const { read, batches } = reader(
    (_, nth) => succeeded(nth === 1 ? { batchItemFailures: [{ itemIdentifier: 'nonsense' }] } : null),
    { bisects: false },
  );
  await read(records(1, 2));
  expect(batches()).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test('when the hub stops, a batch that is not through is not settled', async () => {
  const { read, stopping } = reader(() => failed);
  stopping.abort();
  await expect(read(records(1))).rejects.toMatchObject({ name: 'AbortError' });
});
