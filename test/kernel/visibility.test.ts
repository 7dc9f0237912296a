import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { hideFor } from '../../functions/adapters/sqs/visibility.ts';
import { HELD_SECONDS, held } from '../../functions/kernel/holding.ts';
import { consume } from '../../functions/kernel/queue.ts';
import { IntakeMessage } from '../../schemas/contracts/messages.ts';
import { anId } from '../support/builders.ts';
import { manualTimer, recordingLog } from '../support/memory/kernel.ts';

const sqs = mockClient(SQSClient);
afterEach(() => void sqs.reset());

const queueUrls = ['https://sqs.test/1/hub-intake', 'https://sqs.test/1/hub-intake-large.fifo'];
const record = {
  messageId: 'a',
  receiptHandle: 'receipt-1',
  body: JSON.stringify({ uploadId: anId(1) }),
  attributes: { ApproximateReceiveCount: '1' },
  eventSourceARN: 'arn:aws:sqs:us-east-1:1:hub-intake-large.fifo',
} as SQSRecord;

const throttled = Object.assign(new Error('Request is throttled for receipt-1'), {
  name: 'RequestThrottled',
  $metadata: { httpStatusCode: 403, requestId: 'request-1' },
});

/** A message whose handler takes three beats and then ends so. */
async function handled(end: () => Promise<void>) {
  const log = recordingLog();
  const timer = manualTimer();
  const work = async () => {
    for (let beat = 0; beat < 3; beat++) timer.tick();
    await end();
  };
  const ports = { log, timer, hideFor: hideFor(new SQSClient({ region: 'us-east-1' }), queueUrls) };
  const answer = await consume(IntakeMessage, held(work, ports), ports)({ Records: [record] });
  const asked = sqs.commandCalls(ChangeMessageVisibilityCommand).map(({ args: [{ input }] }) => input);
  return { answer, asked, log };
}

test('the worker of a message hides that one message, in the queue that it came from', async () => {
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
  const { answer, asked } = await handled(async () => undefined);
  expect(answer.batchItemFailures).toEqual([]);
  const held = { QueueUrl: queueUrls[1], ReceiptHandle: 'receipt-1', VisibilityTimeout: HELD_SECONDS };
  expect(asked).toEqual([held, held, held, held]);
});

test.each([
  ['every call', 4],
  ['the first two', 2],
])('where SQS throttles %s, the work goes on, beats go on, and no receipt is in the log', async (_, throttles) => {
  const left = Array.from({ length: throttles }, () => throttled);
  sqs.on(ChangeMessageVisibilityCommand).callsFake(() => {
    const error = left.pop();
    return error ? Promise.reject(error) : {};
  });
  const { answer, asked, log } = await handled(async () => undefined);
  expect([answer.batchItemFailures, asked.length]).toEqual([[], 4]);
  expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual(
    Array.from({ length: throttles }, () => 'warn message not held'),
  );
  expect(log.lines[0]).toMatchObject({ about: { error: { name: 'RequestThrottled', awsRequestId: 'request-1' } } });
  expect(JSON.stringify(log.lines)).not.toContain('receipt-1');
});

test('where SQS throttles the word to try again soon, the message is reported all the same', async () => {
  sqs.on(ChangeMessageVisibilityCommand).resolves({}).rejectsOnce(throttled);
  sqs.on(ChangeMessageVisibilityCommand, { VisibilityTimeout: 2 }).rejects(throttled);
  const { answer, log } = await handled(() => Promise.reject(new Error('no')));
  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'a' }]);
  expect(log.lines.map(({ message }) => message)).toContain('visibility not changed');
});
