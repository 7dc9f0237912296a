import { DeleteMessageCommand, PurgeQueueCommand, ReceiveMessageCommand, type Message } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { intakeQueues, sqsIntakeQueue } from '../../functions/adapters/sqs/intake-queue.ts';
import type { IntakeQueue } from '../../functions/intake/ports.ts';
import { IntakeMessage } from '../../schemas/contracts/messages.ts';
import { anId, department } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { anUpload, type UploadChanges } from './an-upload.ts';

const TURNS = 3;
let aws: LocalAws;
let queue: IntakeQueue;
let number = 0;

beforeAll(async () => {
  aws = await startLocalAws();
  queue = sqsIntakeQueue(aws.sqs, aws.table, { ...intakeQueues(), largeTurns: TURNS });
});
beforeEach(async () => {
  for (const QueueUrl of [aws.queues.intake, aws.queues.large]) await aws.sqs.send(new PurgeQueueCommand({ QueueUrl }));
});
afterAll(() => aws.stop());

const large = 1024 ** 3;
async function sends(provider: string, count: number, changes: UploadChanges = {}): Promise<void> {
  for (let sent = 0; sent < count; sent++) {
    number += 1;
    await queue.send(anUpload({ uploadId: anId(number), provider: department(provider), ...changes }));
  }
}

/** The next message, if one is to be had; as a worker of one message takes it. */
async function take(QueueUrl: string, andDone = false): Promise<Message | undefined> {
  const asked = { QueueUrl, WaitTimeSeconds: 0, MessageSystemAttributeNames: ['All' as const] };
  const { Messages: [message] = [] } = await aws.sqs.send(new ReceiveMessageCommand(asked));
  if (message && andDone)
    await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  return message;
}

/** Whose checks so many free places start with, in their order; they all go on. */
async function starts(QueueUrl: string, places: number): Promise<{ readonly of: string; readonly message: Message }[]> {
  const started: { of: string; message: Message }[] = [];
  for (let place = 0; place < places; place++) {
    const message = await take(QueueUrl);
    if (message) started.push({ of: message.Attributes?.MessageGroupId?.split('/')[0] ?? '', message });
  }
  return started;
}
const ofWhom = (started: readonly { readonly of: string }[]) => started.map(({ of }) => of);

test('of a department’s large uploads no more start than it has turns, and another’s start beside them', async () => {
  await sends('quality', 20, { bytes: large });
  await sends('tax', 2, { bytes: large });
  const started = ofWhom(await starts(aws.queues.large, 16));
  expect(started.filter((each) => each === 'quality')).toHaveLength(TURNS);
  expect(started.filter((each) => each === 'tax').length).toBeGreaterThan(0);
});

test('when one ends, the next of the same turn starts, and no other', async () => {
  await sends('quality', 20, { bytes: large });
  const [first] = await starts(aws.queues.large, 16);
  expect(await starts(aws.queues.large, 16)).toEqual([]);
  await aws.sqs.send(
    new DeleteMessageCommand({ QueueUrl: aws.queues.large, ReceiptHandle: first!.message.ReceiptHandle }),
  );
  const next = await starts(aws.queues.large, 16);
  expect(next.map(({ message }) => message.Attributes?.MessageGroupId)).toEqual([
    first!.message.Attributes?.MessageGroupId,
  ]);
});

test('a small upload starts at once, whatever is large of whomever', async () => {
  for (const provider of ['quality', 'civil-affairs', 'public-security', 'education'])
    await sends(provider, 20, { bytes: large });
  await sends('tax', 1);
  expect(ofWhom(await starts(aws.queues.intake, 1))).toEqual(['tax']);
});

test('among small ones the department has its turn that has the fewest under way', async () => {
  await sends('quality', 30);
  await sends('tax', 1);
  expect(ofWhom(await starts(aws.queues.intake, 2)).toSorted()).toEqual(['quality', 'tax']);
});

test('segments of one upload are spread over its department’s turns', async () => {
  const upload = anUpload({ uploadId: anId(9000), bytes: 9 * large, segments: 9 });
  for (let segment = 1; segment <= 9; segment++) await queue.send(upload, segment);
  const started = await starts(aws.queues.large, 16);
  const numbers = started.map(({ message }) => IntakeMessage.parse(JSON.parse(message.Body ?? '')).segment);
  expect(new Set(numbers)).toEqual(new Set([1, 2, 3]));
});

test('what is sent again is not taken for a repetition', async () => {
  const upload = anUpload({ uploadId: anId(9001), bytes: large });
  for (let times = 0; times < 2; times++) await queue.send(upload);
  expect([await take(aws.queues.large, true), await take(aws.queues.large, true)].map((each) => each?.Body)).toEqual([
    JSON.stringify({ uploadId: upload.uploadId }),
    JSON.stringify({ uploadId: upload.uploadId }),
  ]);
});
