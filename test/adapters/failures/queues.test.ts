import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { hubTable } from '../../../functions/adapters/dynamodb/table/client.ts';
import { sqsDeliveryQueue } from '../../../functions/adapters/sqs/delivery-queue.ts';
import { sqsEventQueues } from '../../../functions/adapters/sqs/event-queues.ts';
import { sqsIntakeQueue } from '../../../functions/adapters/sqs/intake-queue.ts';
import { sqsMailboxes } from '../../../functions/adapters/sqs/mailboxes.ts';
import { hideFor } from '../../../functions/adapters/sqs/visibility.ts';
import { Fault } from '../../../functions/kernel/fault.ts';
import { told } from '../../../functions/kernel/told.ts';
import type { Routed } from '../../../functions/stream/domain/routes.ts';
import { anUpload } from '../../intake/an-upload.ts';
import { aNotice } from '../../notices/hub.ts';
import { anId, department, resource } from '../../support/builders.ts';
import { connectionLost, SECRET, sqsError, timedOut } from './errors.ts';

process.env['HUB_TABLE'] = 'hub';
process.env['AWS_REGION'] = 'us-east-1';

const sqs = mockClient(SQSClient);
const dynamo = mockClient(DynamoDBDocumentClient);
const client = new SQSClient({ region: 'us-east-1' });
beforeEach(() => {
  sqs.reset();
  dynamo.reset();
  dynamo.on(GetCommand).resolves({});
});

const urls = { queueUrl: 'https://queues/small', largeQueueUrl: 'https://queues/large', largeTurns: 2 };
const intake = () => sqsIntakeQueue(client, hubTable(), urls);
const work = {
  provider: department('tax'),
  message: { resourceId: resource('births'), datasetVersion: 1, extracts: [] },
};
const notice = { type: 'delivery', resourceId: 'births', agreementId: 'a', deliveryId: 'd' } as never;

/** Every send of every adapter of queues. */
const sends: readonly (readonly [string, () => Promise<void>])[] = [
  ['an upload', () => intake().send(anUpload())],
  ['a large upload', () => intake().send(anUpload({ bytes: 1024 ** 3 }))],
  ['a delivery', () => sqsDeliveryQueue(client, urls).send({ ...work, large: false })],
  ['a large delivery', () => sqsDeliveryQueue(client, urls).send({ ...work, large: true })],
  ['a notice of a delivery', () => sqsMailboxes(client, 'https://queues/').send(department('tax'), notice)],
  ['a notice', () => sqsMailboxes(client, 'https://queues/').send(department('tax'), aNotice().notice)],
];

describe.each(sends)('%s', (_what, send) => {
  test.each([
    ['throttled', sqsError('ThrottlingException')],
    ['refused, as its queue is gone', sqsError('QueueDoesNotExist')],
    ['too large', sqsError('InvalidParameterValue')],
    ['met by a fault of the service', sqsError('InternalError', 'server')],
    ['not answered, and sent or not', timedOut()],
    ['cut off, and sent or not', connectionLost()],
  ])('that is %s is a fault for its sender, who has it sent later', async (_case, error) => {
    sqs.on(SendMessageCommand).rejects(error);
    await expect(send()).rejects.toBe(error);
    expect(sqs.commandCalls(SendMessageCommand)).toHaveLength(1);
    const { name } = error;
    if (!/^(Throttl|QueueDoesNotExist)/.test(name)) expect(JSON.stringify(told(error))).not.toContain(SECRET);
  });

  test('that its sender sends once more is the same message', async () => {
    sqs.on(SendMessageCommand).rejectsOnce(timedOut()).resolves({});
    await send().catch(() => undefined);
    await send();
    const [first, again] = sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input);
    const { MessageDeduplicationId: one, ...message } = first!;
    const { MessageDeduplicationId: other, ...repeated } = again!;
    expect(repeated).toEqual(message);
    // Where the queue knows repetitions: what its sender sends again is meant again, unlike what the SDK does.
    expect(one === undefined || one !== other).toBe(true);
  });
});

describe('the time for which a message stays hidden', () => {
  const record = { receiptHandle: 'handle', eventSourceARN: 'arn:aws:sqs:r:1:small' } as SQSRecord;
  test.each([
    ['it is throttled', sqsError('ThrottlingException')],
    ['its handle is over', sqsError('ReceiptHandleIsInvalid')],
    ['no answer comes', timedOut()],
  ])('is not set where %s: a fault, of which the holder takes care', async (_case, error) => {
    sqs.on(ChangeMessageVisibilityCommand).rejects(error);
    await expect(hideFor(client, ['https://queues/small'])(record, 50)).rejects.toBe(error);
  });
  test('is none of a queue that the function does not know', async () => {
    await expect(hideFor(client, ['https://queues/large'])(record, 50)).rejects.toThrow(
      'does not know the queue small',
    );
    expect(sqs.calls()).toEqual([]);
  });
});

describe('events of the table’s stream', () => {
  const event = (number: number): Routed =>
    ({ to: 'notices', event: { type: 'notice-committed', noticeId: anId(number) } }) as never;
  const queues = sqsEventQueues(client, {
    notices: 'https://queues/notices',
    dispatch: 'https://queues/dispatch',
  } as never);
  const events = Array.from({ length: 12 }, (_, number) => event(number));
  const others = [{ ...event(99), to: 'dispatch' } as Routed];
  const unsentOf = async (all: readonly Routed[]) => (await queues.send(all)).map(({ routed }) => all.indexOf(routed));

  test('of which a queue refuses some are those that are not sent, with its code and no word', async () => {
    const Failed = [{ Id: '3', Code: 'InternalError', Message: SECRET, SenderFault: false }];
    sqs.on(SendMessageBatchCommand).resolvesOnce({ Failed }).resolves({});
    const unsent = await queues.send(events);
    expect(unsent.map(({ routed }) => routed)).toEqual([events[3]]);
    expect(JSON.stringify(unsent.map(({ error }) => told(error)))).not.toContain(SECRET);
    expect(unsent[0]?.error).toEqual(new Fault('SQS refused it: InternalError'));
  });

  test.each([
    ['throttled', sqsError('ThrottlingException')],
    ['met by a fault of the service', sqsError('InternalError', 'server')],
    ['not answered, and sent or not', timedOut()],
  ])('of which a call is %s are not sent with that call alone', async (_case, error) => {
    sqs.on(SendMessageBatchCommand).rejectsOnce(error).resolves({});
    expect(await unsentOf([...events, ...others])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(sqs.commandCalls(SendMessageBatchCommand)).toHaveLength(3);
  });

  test('whose queue is gone hold up none of another queue', async () => {
    const gone = sqsError('QueueDoesNotExist');
    sqs.on(SendMessageBatchCommand).resolves({});
    sqs.on(SendMessageBatchCommand, { QueueUrl: 'https://queues/notices' }).rejects(gone);
    expect(await unsentOf([...events, ...others])).toEqual(events.map((_, index) => index));
  });
});
