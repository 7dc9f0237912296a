import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { traceOfInvocation } from '../../../infra/local/runtime/lineage.ts';
import type { InvocationResult } from '../../../infra/local/runtime/messages.ts';
import { inFlightIn } from '../../../infra/local/wiring/in-flight.ts';
import { giveBack, pollQueue, type QueueSource } from '../../../infra/local/wiring/queue-source.ts';
import { failed, scriptedPool, succeeded } from './scripted-pool.ts';

let folder: string;
const sqs = mockClient(SQSClient);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'in-flight-'));
  sqs.reset();
});
afterEach(() => rmSync(folder, { recursive: true }));

const message = (n: number): Message => ({
  MessageId: `m${n}`,
  ReceiptHandle: `r${n}`,
  Body: `{"n":${n}}`,
  Attributes: { MessageGroupId: 'quality' },
  MessageAttributes: { type: { DataType: 'String', StringValue: 'x' } },
});
const failure = (...ids: string[]) =>
  succeeded({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

/** Polls until the one batch has been worked on, then stops. */
async function workedOff(
  messages: Message[],
  answer: (event: SQSEvent) => InvocationResult | Promise<InvocationResult>,
  changes: Partial<QueueSource> = {},
) {
  const { promise: emptied, resolve } = Promise.withResolvers<void>();
  sqs
    .on(ReceiveMessageCommand)
    .resolvesOnce({ Messages: messages })
    .callsFake(async () => {
      resolve();
      await new Promise((later) => setTimeout(later, 5));
      return {};
    });
  const pool = scriptedPool(answer);
  const setAside: string[] = [];
  const source: QueueSource = {
    queueArn: 'arn:aws:sqs:us-east-1:000000000000:work',
    queueUrl: 'http://127.0.0.1:1/000000000000/work',
    batchSize: 10,
    concurrency: 1,
    reportsBatchItemFailures: true,
    pool,
    client: new SQSClient({ region: 'us-east-1' }),
    inFlight: inFlightIn(folder),
    setAside: (receipt) => void setAside.push(receipt),
    ...changes,
  };
  const running = pollQueue(source);
  await emptied;
  await running.stop();
  const deleted = sqs
    .commandCalls(DeleteMessageBatchCommand)
    .flatMap(({ args: [{ input }] }) => input.Entries?.map(({ ReceiptHandle }) => ReceiptHandle));
  return { deleted, setAside, failures: pool.failures, events: pool.events as SQSEvent[], source };
}

test.each<[string, InvocationResult, boolean, string[]]>([
  ['all went well', succeeded(), true, ['r1', 'r2', 'r3']],
  ['an empty report', failure(), true, ['r1', 'r2', 'r3']],
  ['one failed', failure('m2'), true, ['r1', 'r3']],
  ['all failed', failure('m1', 'm2', 'm3'), true, []],
  ['a report that names a message that was not there', failure('m9'), true, []],
  ['the function failed', failed, true, []],
  ['a report that the mapping does not ask for', failure('m2'), false, ['r1', 'r2', 'r3']],
])('%s: what was done is deleted, the rest stays', async (_, result, reportsBatchItemFailures, expected) => {
  expect(
    (await workedOff([message(1), message(2), message(3)], () => result, { reportsBatchItemFailures })).deleted,
  ).toEqual(expected);
  expect(readdirSync(folder)).toEqual([]);
});

test('the event has the shape that Lambda gives it', async () => {
  const { events } = await workedOff([message(1)], () => succeeded());
  expect(events).toEqual([
    {
      Records: [
        {
          messageId: 'm1',
          receiptHandle: 'r1',
          body: '{"n":1}',
          attributes: { MessageGroupId: 'quality' },
          md5OfBody: '',
          eventSource: 'aws:sqs',
          messageAttributes: {
            type: { stringValue: 'x', dataType: 'String', stringListValues: [], binaryListValues: [] },
          },
          eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:work',
          awsRegion: 'us-east-1',
        },
      ],
    },
  ]);
});

test('a message whose chain of requests has passed the function fifteen times is set aside, with a word in its log', async () => {
  const { arn } = scriptedPool().spec;
  const chain = (passes: number) =>
    Array.from({ length: passes }).reduce<string>((trace) => traceOfInvocation([trace], arn), '');
  const traced = (n: number, passes: number): Message => ({
    ...message(n),
    Attributes: { AWSTraceHeader: chain(passes) },
  });
  const { deleted, setAside, failures, events } = await workedOff([traced(1, 14), traced(2, 15)], () => succeeded());
  expect(events.map(({ Records }) => Records.map(({ messageId }) => messageId))).toEqual([['m1']]);
  expect({ deleted, setAside }).toEqual({ deleted: ['r1'], setAside: ['r2'] });
  expect(failures).toEqual(['RecursiveInvocationException']);
});

test('what is being worked on is noted on disk, so that the next start can give it back', async () => {
  let noted: readonly object[] = [];
  const { source } = await workedOff([message(1)], () => {
    noted = inFlightIn(folder).left();
    return succeeded();
  });
  expect(noted).toEqual([{ queueName: 'work', receiptHandles: ['r1'] }]);
  await giveBack(source, ['r1']);
  expect(sqs.commandCalls(ChangeMessageVisibilityBatchCommand)[0]?.args[0].input.Entries).toEqual([
    { Id: '0', ReceiptHandle: 'r1', VisibilityTimeout: 0 },
  ]);
});

test('a worker that was stopped with the hub has not failed: its messages are given back at the next start', async () => {
  sqs
    .on(ReceiveMessageCommand)
    .resolvesOnce({ Messages: [message(1)] })
    .resolves({});
  const { promise: invoked, resolve } = Promise.withResolvers<void>();
  const { promise: killed, resolve: kill } = Promise.withResolvers<InvocationResult>();
  const running = pollQueue({
    queueArn: 'arn:aws:sqs:us-east-1:000000000000:work',
    queueUrl: 'http://127.0.0.1:1/000000000000/work',
    batchSize: 1,
    concurrency: 1,
    reportsBatchItemFailures: true,
    client: new SQSClient({ region: 'us-east-1' }),
    inFlight: inFlightIn(folder),
    setAside: () => undefined,
    pool: scriptedPool(() => {
      resolve();
      return killed;
    }),
  });
  await invoked;
  const stopped = running.stop();
  kill(failed);
  await stopped;
  expect(inFlightIn(folder).left()).toEqual([{ queueName: 'work', receiptHandles: ['r1'] }]);
});
