import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { distinct, giveBack, lookForDeliveries, lookThrough } from '../../clients/cli/mailbox/look-through.ts';
import { Mailbox } from '../../clients/node/mailbox.ts';
import { anId } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';

const agreementId = anId(1);

const aDelivery = (number = 1) => ({
  type: 'delivery',
  deliveryId: anId(1000 + number),
  agreementId,
  termsVersion: 1,
  resourceId: 'streets',
  resourceVersion: 1,
  datasetVersion: number,
  provider: 'civil-affairs',
  purpose: 'addresses of taxpayers',
  content: 'snapshot',
  format: 'csv',
  rows: 1,
  bytes: 10,
  sha256: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
  releasedAt: '2026-12-01T02:00:04.000Z',
  contentPath: '/v1/deliveries/x/content',
});
const anEvent = (number = 1) => ({
  type: 'agreement',
  noticeId: anId(2000 + number),
  event: 'sign',
  at: '2026-12-01T02:00:04.000Z',
  by: 'civil-affairs',
  agreementId,
  state: 'agreed',
  resourceId: 'streets',
  path: `/v1/agreements/${agreementId}`,
});
const unknown = { type: 'weather', noticeId: anId(3000), at: 'today' };

let aws: LocalAws;
let url: string;
let mailboxes = 0;

beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  mailboxes += 1;
  url = await aws.mailbox(`tax-${mailboxes}`);
});

const put = async (...messages: unknown[]) => {
  for (const message of messages)
    await aws.sqs.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: typeof message === 'string' ? message : JSON.stringify(message),
      }),
    );
};

/** Each reader with a client of its own, as each is a process of its own. */
async function reading<T>(read: (mailbox: Mailbox) => Promise<T>): Promise<T> {
  const mailbox = new Mailbox(url, {});
  try {
    return await read(mailbox);
  } finally {
    mailbox.close();
  }
}

const all = () =>
  reading(async (mailbox) => {
    const seen = await lookThrough(mailbox, { waitSeconds: 0 });
    await giveBack(mailbox, seen);
    return distinct(seen).map(({ notice }) => notice);
  });

describe('whoever waits for deliveries', () => {
  test('finds one behind any number of other notices, which the next reader still finds', async () => {
    const events = Array.from({ length: 45 }, (_, index) => anEvent(index));
    await put(...events, unknown, 'no JSON', aDelivery());
    const found = await reading((mailbox) => mailbox.poll(5));
    expect(found.map(({ notice }) => notice)).toEqual([aDelivery()]);
    const left = await all();
    expect(left.map(({ type }) => type)).toEqual(Array.from({ length: 45 }, () => 'agreement'));
  });

  test('finds nothing in a mailbox of other notices, and leaves them to others for a while', async () => {
    await put(anEvent(1), anEvent(2), unknown);
    await reading(async (mailbox) => {
      const waited = performance.now();
      expect(await mailbox.poll(0)).toEqual([]);
      const [again, seen] = await Promise.all([mailbox.poll(0), all()]);
      expect(again).toEqual([]);
      expect(seen).toHaveLength(2);
      expect(performance.now() - waited).toBeGreaterThan(1_500);
    });
  });

  test('is told at once of a delivery that comes while others are held back', async () => {
    await put(anEvent());
    const found = reading((mailbox) => mailbox.poll(5));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await put(aDelivery());
    expect((await found).map(({ notice }) => notice.deliveryId)).toEqual([aDelivery().deliveryId]);
  });

  test('gets all deliveries of a mailbox full of both', async () => {
    const both = Array.from({ length: 25 }, (_, index) => [anEvent(index), aDelivery(index + 1)]).flat();
    await put(...both);
    const seen = await reading((mailbox) => lookForDeliveries(mailbox, { waitSeconds: 0 }));
    expect(new Set(seen.map(({ notice }) => notice.deliveryId)).size).toBe(25);
  });

  test('can be told to stop while it rests', async () => {
    await put(anEvent());
    await reading(async (mailbox) => {
      await mailbox.poll(0);
      const stop = new AbortController();
      const stopped = expect(mailbox.poll(20, { signal: stop.signal })).rejects.toThrow(/abort/i);
      stop.abort();
      await stopped;
    });
  });
});

test('whoever reads everything gets both kinds, each once, and what is removed is gone', async () => {
  await put(anEvent(), anEvent(), aDelivery(), unknown);
  await reading(async (mailbox) => {
    const seen = await lookThrough(mailbox, { waitSeconds: 0 });
    expect(seen).toHaveLength(3);
    expect(distinct(seen).map(({ notice }) => notice)).toEqual([anEvent(), aDelivery()]);
    for (const received of seen.filter(({ notice }) => notice.type === 'agreement')) await mailbox.remove(received);
    await giveBack(mailbox, seen.slice(2));
  });
  expect((await all()).map(({ type }) => type)).toEqual(['delivery']);
});

test('a notice of a newer hub keeps what is known of it', async () => {
  await put({ ...anEvent(), mood: 'good' }, { ...aDelivery(), mood: 'good' });
  expect(await all()).toEqual([anEvent(), aDelivery()]);
});

test('an event of a newer hub comes in short, and so does one about what is not known yet', async () => {
  const { type, noticeId, at, by, path } = anEvent();
  await put({ ...anEvent(), event: 'adjourn' }, { ...anEvent(2), state: 'adjourned' });
  expect(await all()).toEqual([
    { type, noticeId, event: 'adjourn', at, by, path },
    { type, noticeId: anEvent(2).noticeId, event: 'sign', at, by, path },
  ]);
});
