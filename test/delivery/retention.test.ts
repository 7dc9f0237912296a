import { describe, expect, test } from '@jest/globals';
import { retainedUntil } from '../../functions/reading/released.ts';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import { anAgreement, anId, department } from '../support/builders.ts';
import { aHub, type TestHub } from './hub.ts';

const retaining = (retainDays: number) => ({ duties: { disposal: { retainDays } } });
const day = (number: number) => `2026-12-${String(number).padStart(2, '0')}T01:00:00.000Z`;
const extractObjects = (hub: TestHub) => [...hub.objects.stored.keys()].filter((key) => key.startsWith('extracts/'));

/** `tax` may keep what it receives for 3 days, `press` the same bytes for 5. */
async function aCity(): Promise<TestHub> {
  const hub = aHub(day(1));
  hub.agree({ agreementId: anId(1), terms: retaining(3) });
  hub.agree({ agreementId: anId(2), consumer: department('press'), terms: retaining(5) });
  await hub.dispatch(hub.commit(1));
  await hub.deliver();
  return hub;
}
const of = (hub: TestHub, consumer: string) => hub.deliveries.find((delivery) => delivery.consumer === consumer)!;
const about = (hub: TestHub, consumer: string) => ({ params: { deliveryId: of(hub, consumer).deliveryId } });
const sweptAt = async (hub: TestHub, now: string) => {
  hub.clock.set(now);
  await hub.sweep();
};

test('retention is so many days of 24 hours after the release, by the delivery’s own terms', () => {
  const agreement = anAgreement({ state: 'active', terms: retaining(30) });
  expect(retainedUntil(agreement, { termsVersion: 1, releasedAt: '2026-12-01T01:02:03.004Z' })).toBe(
    '2026-12-31T01:02:03.004Z',
  );
  expect(() => retainedUntil(agreement, { termsVersion: 2, releasedAt: day(1) })).toThrow('lacks its terms version 2');
});

describe('a delivery whose days are over', () => {
  test('loses its grant and says so, with evidence, though its agreement goes on', async () => {
    const hub = await aCity();
    await sweptAt(hub, '2026-12-04T00:59:59.999Z');
    expect(hub.store.grants.size).toBe(2);
    await sweptAt(hub, day(4));
    expect(of(hub, 'tax')).toMatchObject({ state: 'noticed', retentionEndedAt: day(4) });
    expect(of(hub, 'tax').lookAgainAt).toBeUndefined();
    expect(hub.evidenceOf('retention-ended')).toMatchObject([
      {
        actor: { department: 'hub', session: 'delivery-sweep' },
        subject: { deliveryId: of(hub, 'tax').deliveryId, provider: 'quality', consumer: 'tax' },
        digests: { extract: of(hub, 'tax').sha256 },
      },
    ]);
    expect(hub.store.agreements.get(anId(1))?.value.state).toBe('active');
  });
  test('leaves an extract that others still hold; the last takes it away', async () => {
    const hub = await aCity();
    await sweptAt(hub, day(4));
    expect([...hub.store.extracts.values()]).toMatchObject([{ grants: 1, state: 'ready' }]);
    expect((await hub.call('readContent', 'press', about(hub, 'press'))).status).toBe(200);
    await sweptAt(hub, day(6));
    expect([hub.store.extracts.size, extractObjects(hub)]).toEqual([0, []]);
  });
  test('is refused at that very moment, also before anybody has swept', async () => {
    const hub = await aCity();
    hub.clock.set('2026-12-04T00:59:59.999Z');
    expect((await hub.call('readContent', 'tax', about(hub, 'tax'))).status).toBe(200);
    hub.clock.set(day(4));
    const refused = { status: 409, body: { code: 'retention-over' } };
    expect(await hub.call('readContent', 'tax', about(hub, 'tax'))).toMatchObject(refused);
    await hub.sweep();
    expect(await hub.call('readContent', 'tax', about(hub, 'tax'))).toMatchObject(refused);
    await hub.dispatch(hub.end(anId(1)));
    expect(await hub.call('readContent', 'tax', about(hub, 'tax'))).toMatchObject(refused);
  });
  test('stays in the history, and can be confirmed', async () => {
    const hub = await aCity();
    await sweptAt(hub, day(4));
    const { sha256 } = of(hub, 'tax');
    expect((await hub.call('giveReceipt', 'tax', { ...about(hub, 'tax'), body: { sha256 } })).status).toBe(200);
    const { body } = await hub.call<{ items: Delivery[] }>('listDeliveries', 'tax');
    expect(body.items).toMatchObject([{ retentionEndedAt: day(4), rows: 2 }]);
  });
  test('is not delivered again', async () => {
    const hub = await aCity();
    await sweptAt(hub, day(4));
    await hub.dispatch(hub.suspend(anId(1)));
    await hub.dispatch(hub.resume(anId(1)));
    await hub.settle();
    expect(hub.mailboxes.noticesOf('tax')).toHaveLength(1);
  });
  test('ends also while its agreement is suspended', async () => {
    const hub = await aCity();
    await hub.dispatch(hub.suspend(anId(1)));
    await sweptAt(hub, day(4));
    expect(of(hub, 'tax').retentionEndedAt).toBe(day(4));
  });
});

test('a delivery that was taken back before has no retention to end', async () => {
  const hub = await aCity();
  await hub.dispatch(hub.end(anId(1)));
  await sweptAt(hub, day(4));
  expect(of(hub, 'tax').retentionEndedAt).toBeUndefined();
  expect(hub.evidenceOf('retention-ended')).toEqual([]);
});

test('a notice that was sent while the grant was taken back marks nothing', async () => {
  const hub = aHub(day(1));
  hub.agree({ terms: retaining(3) });
  await hub.dispatch(hub.commit(1));
  hub.life.pauseWith(async (call) => {
    if (call === 'noticed') {
      hub.life.pauseWith(undefined);
      await hub.dispatch(hub.end(anId(1)));
    }
  });
  await hub.deliver();
  expect(of(hub, 'tax').state).toBe('noticed');
  expect(of(hub, 'tax').lookAgainAt).toBeUndefined();
});

test('the end of retentions, killed at any of its writes, is finished by the next run', async () => {
  const undisturbed = await aCity();
  undisturbed.life.revive();
  await sweptAt(undisturbed, day(6));
  const count = undisturbed.life.writes();
  expect(count).toBeGreaterThan(6);
  for (let write = 1; write <= count; write++)
    for (const when of ['before', 'after'] as const) {
      const hub = await aCity();
      hub.life.killAt(write, when);
      await sweptAt(hub, day(6)).catch(() => undefined);
      hub.life.revive();
      await sweptAt(hub, '2026-12-06T01:10:00.000Z');
      expect(hub.store.extracts.size).toBe(0);
      expect(extractObjects(hub)).toEqual([]);
      expect(hub.evidenceOf('retention-ended')).toHaveLength(2);
      expect(hub.deliveries.map(({ lookAgainAt }) => lookAgainAt)).toEqual([undefined, undefined]);
    }
});
