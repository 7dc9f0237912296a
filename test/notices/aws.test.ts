import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { dynamoOutbox, writeMessages } from '../../functions/adapters/dynamodb/messages.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { EventNotice, type OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Outbox } from '../../functions/notices/ports.ts';
import { noticeTo } from '../../functions/kernel/notice.ts';
import { anId, department, instant, resource } from '../support/builders.ts';
import { sqsRecord } from '../support/events.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { memoryOutbox } from '../support/memory/notices.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { aNotice } from './hub.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

let aws: LocalAws;
let lambda: Record<'router' | 'send' | 'sweep', Handler>;
const context = { functionName: 'test', awsRequestId: 'request-1' } as Context;

beforeAll(async () => {
  aws = await startLocalAws();
  const load = async (name: string) =>
    ((await import(`../../functions/${name}.lambda.ts`)) as { handler: Handler }).handler;
  lambda = { router: await load('stream/route'), send: await load('notices/send'), sweep: await load('notices/sweep') };
});
afterAll(() => aws.stop());

const received = async (department: string) => {
  const QueueUrl = await aws.mailbox(department);
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] });
  return (await aws.sqs.send(command)).Messages ?? [];
};
/** What the stream tells of a notice. */
const toldOf = (id: string) => aws.stream.filter(({ dynamodb }) => dynamodb.Keys['pk']?.['S'] === `MESSAGE#${id}`);

test('a committed notice comes through the stream into its mailbox, sorted by its attributes', async () => {
  await aws.mailbox('tax');
  const message = noticeTo(department('tax'), [1], {
    type: 'resource',
    event: 'deprecated',
    at: instant,
    resourceId: resource('legal-entities'),
    path: '/v1/resources/legal-entities',
  });
  await commit(aws.table, writeMessages(aws.table, [message]));
  const told = () => toldOf(message.notice.noticeId);
  while (told().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await lambda.router({ Records: told() }, context)).toEqual({ batchItemFailures: [] });
  const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl: aws.queues.notices }));
  const Records = Messages.map(({ Body }) => ({ ...sqsRecord({}), body: Body }));
  expect([Records.length, await lambda.send({ Records }, context)]).toEqual([1, { batchItemFailures: [] }]);

  const [mail, ...more] = await received('tax');
  expect(more).toEqual([]);
  expect(EventNotice.parse(JSON.parse(mail!.Body!))).toEqual(message.notice);
  const attributes = Object.entries(mail!.MessageAttributes!).map(([name, { StringValue }]) => [name, StringValue]);
  expect(Object.fromEntries(attributes)).toEqual({ type: 'resource', resourceId: 'legal-entities' });
  expect(await dynamoOutbox(aws.table).find(message.notice.noticeId)).toBeUndefined();
});

test('what the stream lost is sent by the sweep', async () => {
  await aws.mailbox('press');
  const message = aNotice(1, 'press');
  const old = { ...message, notice: { ...message.notice, at: '2020-01-01T00:00:00.000Z' } };
  await commit(aws.table, writeMessages(aws.table, [old]));
  await lambda.sweep({}, context);
  expect((await received('press')).map(({ Body }) => EventNotice.parse(JSON.parse(Body!)))).toEqual([old.notice]);
});

test('a notice that nobody can read hides none behind it, and fails by itself', async () => {
  const unread = aNotice(7, 'culture');
  const Item = toItem(
    'message',
    keyOf.message(unread.notice.noticeId),
    { notice: { noticeId: unread.notice.noticeId, type: 'of a later release' } },
    { due: { partition: 'MESSAGE', at: '2026-12-01T00:00:00.000Z' } },
  );
  await commit(aws.table, [{ Put: { TableName: aws.table.name, Item } }]);
  await commit(aws.table, writeMessages(aws.table, [aNotice(8, 'culture')]));
  const outbox = dynamoOutbox(aws.table);
  const found = [];
  for await (const id of outbox.due('9999')) found.push(id);
  expect(found[0]).toBe(unread.notice.noticeId);
  expect(found.length).toBeGreaterThan(1);
  await expect(outbox.find(unread.notice.noticeId)).rejects.toThrow();
  await outbox.forget(unread.notice.noticeId);
});

describe.each<[string, () => Promise<{ outbox: Outbox; give: (message: OutgoingNotice) => Promise<void> }>]>([
  [
    'memory',
    async () => {
      const outbox = memoryOutbox();
      return { outbox, give: async (message) => outbox.give(message) };
    },
  ],
  [
    'DynamoDB',
    async () => ({
      outbox: dynamoOutbox(aws.table),
      give: async (message) => void (await commit(aws.table, writeMessages(aws.table, [message]))),
    }),
  ],
])('an outbox in %s', (store, open) => {
  const noticeOf = (number: number) => {
    const { noticeId: _noticeId, ...notice } = aNotice().notice;
    return noticeTo(department('health'), [store, number], notice);
  };
  const dueBy = async (outbox: Outbox, until: string) => {
    const ids: string[] = [];
    for await (const id of outbox.due(until)) ids.push(id);
    return ids;
  };

  test('keeps a notice until it is forgotten', async () => {
    const { outbox, give } = await open();
    const message = noticeOf(1);
    const { noticeId } = message.notice;
    await give(message);
    await give(message);
    expect(await outbox.find(noticeId)).toEqual(message);
    await outbox.forget(noticeId);
    await outbox.forget(noticeId);
    expect(await outbox.find(noticeId)).toBeUndefined();
    expect(await outbox.find(anId(99) as never)).toBeUndefined();
  });

  test('offers it to the sweep after a minute, and later where that was said', async () => {
    const { outbox, give } = await open();
    const message = noticeOf(2);
    const { noticeId } = message.notice;
    await give(message);
    expect(await dueBy(outbox, '2026-12-01T01:00:59.999Z')).not.toContain(noticeId);
    expect(await dueBy(outbox, '2026-12-01T01:01:00.000Z')).toContain(noticeId);
    await outbox.postpone(noticeId, '2026-12-01T02:00:00.000Z');
    expect(await dueBy(outbox, '2026-12-01T01:59:59.999Z')).not.toContain(noticeId);
    expect(await dueBy(outbox, '2026-12-01T02:00:00.000Z')).toContain(noticeId);
    await outbox.forget(noticeId);
    await outbox.postpone(noticeId, '2026-12-01T03:00:00.000Z');
    expect(await dueBy(outbox, '9999')).not.toContain(noticeId);
  });
});
