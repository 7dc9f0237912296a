import { describe, expect, test } from '@jest/globals';
import { anId, department } from '../support/builders.ts';
import { aHub, linksOf, sorted, type TestHub } from './hub.ts';

/** 02:00 in Shanghai is 18:00Z of the day before. */
const daily = { frequency: 'daily', at: '02:00' } as const;
const versions = (hub: TestHub) => sorted(hub.deliveries.map(({ datasetVersion }) => datasetVersion));

async function aDailyHub(terms = {}): Promise<TestHub> {
  const hub = aHub('2026-12-01T01:00:00.000Z');
  hub.commit(1);
  await hub.dispatch(hub.agree({ terms: { ...daily, ...terms } }));
  await hub.deliver();
  return hub;
}

const tick = async (hub: TestHub, at: string) => {
  hub.clock.set(at);
  await hub.release();
};

describe('a daily agreement', () => {
  test('gets at its moment what was newest then', async () => {
    const hub = await aDailyHub();
    hub.clock.set('2026-12-01T12:00:00.000Z');
    await hub.dispatch(hub.commit(2), hub.commit(3));
    hub.clock.set('2026-12-01T18:00:01.000Z');
    await hub.dispatch(hub.commit(4));
    await tick(hub, '2026-12-01T17:59:59.000Z');
    expect(versions(hub)).toEqual([1]);
    await tick(hub, '2026-12-01T18:00:20.000Z');
    expect(versions(hub)).toEqual([1, 3]);
    await hub.deliver();
    expect(hub.mailboxes.notices.map(({ datasetVersion }) => datasetVersion)).toEqual([1, 3]);
    await tick(hub, '2026-12-02T18:00:20.000Z');
    expect(versions(hub)).toEqual([1, 3, 4]);
  });
  test('gets nothing in a period without a new dataset', async () => {
    const hub = await aDailyHub();
    for (const day of ['01', '02', '03']) await tick(hub, `2026-12-${day}T18:00:20.000Z`);
    expect(versions(hub)).toEqual([1]);
    expect(hub.store.plans.get(anId(1))?.nextAt).toBe('2026-12-04T18:00:00.000Z');
  });
  test('gets after missed periods the newest, once', async () => {
    const hub = await aDailyHub();
    for (const [version, day] of [
      [2, '02'],
      [3, '03'],
      [4, '04'],
    ] as const) {
      hub.clock.set(`2026-12-${day}T12:00:00.000Z`);
      await hub.dispatch(hub.commit(version));
    }
    await tick(hub, '2026-12-05T03:00:00.000Z');
    await tick(hub, '2026-12-05T03:01:00.000Z');
    expect(versions(hub)).toEqual([1, 4]);
  });
  test('gets no older dataset after a newer one, though a clock that was ahead dated the newer one later', async () => {
    const hub = aHub('2026-12-01T01:00:00.000Z');
    hub.commit(1);
    hub.commit(2, { committedAt: '2026-12-01T18:00:05.000Z' });
    hub.clock.set('2026-12-01T17:59:59.000Z');
    await hub.dispatch(hub.agree({ terms: daily }));
    await tick(hub, '2026-12-01T18:00:01.000Z');
    expect(versions(hub)).toEqual([2]);
  });
  test('gets nothing twice from ticks that come twice or at once', async () => {
    const hub = await aDailyHub();
    await hub.dispatch(hub.commit(2));
    hub.clock.set('2026-12-01T18:00:20.000Z');
    await Promise.all([hub.release(), hub.release()]);
    await hub.release();
    await hub.settle();
    expect(hub.mailboxes.notices.map(({ datasetVersion }) => datasetVersion)).toEqual([1, 2]);
  });
  test('ends with its validity, also where a period was under way', async () => {
    const hub = await aDailyHub({ validTo: '2026-12-02' });
    await hub.dispatch(hub.commit(2));
    await tick(hub, '2026-12-01T18:00:20.000Z');
    await hub.dispatch(hub.commit(3));
    await tick(hub, '2026-12-02T18:00:20.000Z');
    expect(versions(hub)).toEqual([1, 2]);
    expect(hub.store.plans.size).toBe(0);
  });
  test('ends with its termination', async () => {
    const hub = await aDailyHub();
    hub.end(anId(1));
    await hub.dispatch(hub.commit(2));
    await tick(hub, '2026-12-01T18:00:20.000Z');
    expect(versions(hub)).toEqual([1]);
    expect(hub.store.plans.size).toBe(0);
  });
  test('passes over a dataset that does not fit, and takes up the next that does', async () => {
    const hub = await aDailyHub();
    hub.store.schemas.set('legal-entities#2', { fields: [], missingValues: [''] });
    await hub.dispatch(hub.commit(2, { resourceVersion: 2 }));
    await tick(hub, '2026-12-01T18:00:20.000Z');
    await hub.dispatch(hub.commit(3));
    await tick(hub, '2026-12-02T18:00:20.000Z');
    expect(hub.deliveries.map(({ datasetVersion, state }) => [datasetVersion, state])).toEqual([
      [1, 'noticed'],
      [2, 'void'],
      [3, 'planned'],
    ]);
  });
});

describe('validity that begins later', () => {
  test.each([
    ['on-arrival', {}],
    ['daily', daily],
  ])('opens with the current dataset, whatever the frequency: %s', async (_frequency, terms) => {
    const hub = aHub('2026-12-01T01:00:00.000Z');
    hub.commit(1);
    await hub.dispatch(hub.agree({ terms: { ...terms, validFrom: '2026-12-03' } }));
    await hub.dispatch(hub.commit(2));
    await tick(hub, '2026-12-02T15:59:59.000Z');
    expect(versions(hub)).toEqual([]);
    await tick(hub, '2026-12-02T16:00:00.000Z');
    expect(versions(hub)).toEqual([2]);
    expect([...hub.store.plans.values()].map(({ nextAt, opening }) => [nextAt, opening])).toEqual(
      terms === daily ? [['2026-12-02T18:00:00.000Z', false]] : [],
    );
    await hub.deliver();
    expect(hub.mailboxes.notices).toHaveLength(1);
  });
  test('opens once, also where the activation is told again', async () => {
    const hub = aHub('2026-12-01T01:00:00.000Z');
    hub.commit(1);
    const filed = hub.agree({ terms: { validFrom: '2026-12-03' } });
    await hub.dispatch(filed, filed);
    await tick(hub, '2026-12-02T16:00:00.000Z');
    await hub.dispatch(filed);
    await tick(hub, '2026-12-02T16:01:00.000Z');
    await hub.settle();
    expect(hub.mailboxes.notices).toHaveLength(1);
  });
});

test('what is due at one moment travels together, and one plan that fails holds up no other', async () => {
  const hub = aHub('2026-12-01T01:00:00.000Z');
  const consumers = ['tax', 'press', 'health', 'culture'];
  for (const [index, consumer] of consumers.entries()) {
    await hub.dispatch(
      hub.agree({
        agreementId: anId(index + 1),
        consumer: department(consumer),
        resourceVersion: consumer === 'press' ? 7 : 1,
        terms: daily,
      }),
    );
  }
  await hub.dispatch(hub.commit(1));
  hub.clock.set('2026-12-01T18:00:20.000Z');
  await expect(hub.release()).rejects.toThrow('releasing: 1 failed');
  expect(hub.queue.messages.map(({ work }) => work.extracts.map(({ deliveries }) => deliveries.length))).toEqual([[3]]);
  expect(hub.store.plans.get(anId(2))?.nextAt).toBe('2026-12-01T18:00:00.000Z');
});

test.each([
  ['before', 'snapshot'],
  ['after', 'snapshot'],
  ['before', 'changes'],
  ['after', 'changes'],
] as const)('a tick killed %s any of its writes is made good: %s', async (when, content) => {
  for (let write = 1; write <= 3; write++) {
    const hub = await aDailyHub({ content });
    await hub.dispatch(hub.commit(2));
    hub.clock.set('2026-12-01T18:00:20.000Z');
    hub.life.killAt(write, when);
    await hub.release().catch(() => undefined);
    hub.life.revive();
    await hub.release();
    await hub.settle();
    expect(hub.mailboxes.notices.map(({ datasetVersion }) => datasetVersion)).toEqual([1, 2]);
    expect(hub.evidenceOf('delivery-released')).toHaveLength(2);
    expect(linksOf(hub.deliveries)).toEqual(['1 snapshot', content === 'changes' ? '2 changes 1' : '2 snapshot']);
    expect(hub.store.plans.get(anId(1))).toMatchObject({ lastDatasetVersion: 2, lastDelivered: 2 });
  }
});
