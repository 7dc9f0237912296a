import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import { anId } from '../support/builders.ts';
import { aHub, csv, filedAt, linksOf, sorted, type TestHub } from './hub.ts';

const id = anId(1);
const at = (day: number, time = '01:00') => `2026-12-${String(day).padStart(2, '0')}T${time}:00.000Z`;
const states = (hub: TestHub) =>
  sorted(hub.deliveries.map(({ datasetVersion, state }) => `${datasetVersion} ${state}`));
const versions = (hub: TestHub) => hub.mailboxes.notices.map(({ datasetVersion }) => datasetVersion);

/** Dataset 1 is delivered, 2 is planned when the provider suspends the agreement. */
async function suspended(terms = {}): Promise<TestHub> {
  const hub = aHub(at(1));
  hub.agree(filedAt(at(1), { terms }));
  await hub.dispatch(hub.commit(1));
  await hub.deliver();
  hub.clock.set(at(1, '02:00'));
  await hub.dispatch(hub.commit(2, { text: csv.replace('机床', '机床2') }));
  await hub.dispatch(hub.suspend(id));
  return hub;
}

describe('while an agreement is suspended', () => {
  test('nothing goes out, and what was planned stays planned', async () => {
    const hub = await suspended();
    expect(await hub.deliver()).toBe(0);
    hub.clock.set(at(3));
    await hub.dispatch(hub.commit(3));
    await hub.sweep();
    await hub.deliver();
    expect(states(hub)).toEqual(['1 noticed', '2 planned']);
    expect(versions(hub)).toEqual([1]);
    expect(hub.store.extracts.size).toBe(1);
    expect(hub.store.agreements.get(id)?.due).toBeUndefined();
  });
  test('nothing that waits for it counts as late, and it is looked at once an hour', async () => {
    const hub = await suspended();
    hub.queue.messages.splice(0);
    hub.clock.set(at(3));
    await hub.sweep();
    expect(hub.metrics.counts.SweptLate).toBeUndefined();
    expect(hub.deliveries.find(({ state }) => state === 'planned')?.lookAgainAt).toBe(at(3, '02:00'));
    expect(hub.queue.messages).toEqual([]);
  });
  test('content is refused and grants stay; once it is resumed it can be fetched again', async () => {
    const hub = await suspended();
    const about = { params: { deliveryId: hub.deliveries[0]!.deliveryId } };
    expect((await hub.call('readContent', 'tax', about)).body).toMatchObject({
      status: 409,
      code: 'agreement-not-active',
    });
    await hub.dispatch(hub.resume(id));
    expect((await hub.call('readContent', 'tax', about)).status).toBe(200);
  });
  test('a delivery whose release it crosses stays planned, and goes out after the resumption', async () => {
    const hub = aHub(at(1));
    hub.agree({});
    await hub.dispatch(hub.commit(1));
    hub.life.pauseWith(async (call) => {
      if (call === 'release') hub.suspend(id);
    });
    expect(await hub.deliver()).toBe(0);
    hub.life.pauseWith(undefined);
    expect(states(hub)).toEqual(['1 planned']);
    expect(hub.store.extracts.size).toBe(0);
    await hub.dispatch(hub.resume(id));
    await hub.deliver();
    expect(versions(hub)).toEqual([1]);
  });
  test('a notice that is owed is held back, and sent after the resumption', async () => {
    const hub = aHub(at(1));
    hub.agree({});
    await hub.dispatch(hub.commit(1));
    hub.mailboxes.breakDown('tax');
    await hub.deliver();
    hub.mailboxes.breakDown(undefined);
    await hub.dispatch(hub.suspend(id));
    hub.clock.set(at(2));
    await hub.sweep();
    expect(versions(hub)).toEqual([]);
    await hub.dispatch(hub.resume(id));
    hub.clock.set(at(2, '01:02'));
    await hub.sweep();
    expect(versions(hub)).toEqual([1]);
    expect(states(hub)).toEqual(['1 noticed']);
  });
  test('its end makes void what was planned, and takes back what was released', async () => {
    const hub = await suspended();
    await hub.dispatch(hub.end(id));
    expect(states(hub)).toEqual(['1 noticed', '2 void']);
    expect([hub.store.grants.size, hub.store.extracts.size]).toEqual([0, 0]);
  });
});

describe('once it is resumed', () => {
  test('what was planned goes out, and the newest that came meanwhile', async () => {
    const hub = await suspended();
    await hub.deliver();
    hub.clock.set(at(3));
    for (const version of [3, 4]) await hub.dispatch(hub.commit(version));
    await hub.dispatch(hub.resume(id));
    await hub.deliver();
    expect(sorted(versions(hub))).toEqual([1, 2, 4]);
  });
  test('a dataset that was delivered before is not delivered again', async () => {
    const hub = aHub(at(1));
    hub.agree({});
    await hub.dispatch(hub.commit(1));
    await hub.deliver();
    await hub.dispatch(hub.suspend(id));
    await hub.dispatch(hub.resume(id));
    await hub.settle();
    expect(versions(hub)).toEqual([1]);
  });
  test('a chain of changes gets all that it is owed, in its order', async () => {
    const hub = await suspended({ content: 'changes' });
    await hub.deliver();
    for (const version of [3, 4]) {
      hub.clock.set(at(version));
      await hub.dispatch(hub.commit(version, { text: csv.replace('机床', `机床${version}`) }));
    }
    hub.clock.set(at(5));
    await hub.dispatch(hub.resume(id));
    await hub.deliver();
    expect(linksOf(hub.deliveries)).toEqual(['1 snapshot', '2 changes 1', '3 changes 2', '4 changes 3']);
    expect(sorted(versions(hub))).toEqual([1, 2, 3, 4]);
  });
  test('lateness counts from the resumption', async () => {
    const hub = await suspended();
    hub.clock.set(at(9));
    await hub.dispatch(hub.resume(id));
    hub.clock.set('2026-12-09T01:00:07.400Z');
    await hub.deliver();
    expect(hub.evidenceOf('delivery-released').at(-1)?.figures).toMatchObject({ lateSeconds: 7 });
  });
  test('the history that its consumer reads is in order of release', async () => {
    const hub = await suspended();
    await hub.dispatch(hub.resume(id));
    await hub.deliver();
    const { body } = await hub.call<{ items: Delivery[] }>('listDeliveries', 'tax');
    expect(body.items.map(({ datasetVersion }) => datasetVersion)).toEqual([1, 2]);
  });
});

describe('a slower frequency', () => {
  const daily = { frequency: 'daily', at: '02:00' } as const;
  async function aDailyHub(terms = {}): Promise<TestHub> {
    const hub = aHub(at(1));
    hub.commit(1);
    await hub.dispatch(hub.agree(filedAt(at(1), { terms: { ...daily, ...terms } })));
    await hub.deliver();
    await hub.dispatch(hub.suspend(id));
    hub.clock.set(at(2, '18:00'));
    await hub.dispatch(hub.commit(2, { text: csv.replace('机床', '机床2') }));
    await hub.release();
    return hub;
  }

  test('waits with its plan while it is suspended', async () => {
    const hub = await aDailyHub();
    expect(sorted(hub.deliveries.map(({ datasetVersion }) => datasetVersion))).toEqual([1]);
    expect(hub.store.plans.get(id)).toMatchObject({ nextAt: at(2, '19:00'), lastDatasetVersion: 1 });
  });
  test.each(['snapshot', 'changes'] as const)(
    'gets the newest at once when it is resumed, and goes on with its moments: %s',
    async (content) => {
      const hub = await aDailyHub({ content });
      hub.clock.set(at(4));
      const resumed = hub.resume(id);
      await hub.dispatch(resumed, resumed);
      await hub.deliver();
      expect(versions(hub)).toEqual([1, 2]);
      await hub.dispatch(hub.commit(3, { text: csv.replace('机床', '机床3') }));
      await hub.dispatch(resumed);
      expect(versions(hub)).toEqual([1, 2]);
      hub.clock.set(at(4, '18:00'));
      await hub.release();
      await hub.deliver();
      expect(linksOf(hub.deliveries)).toEqual(
        content === 'changes'
          ? ['1 snapshot', '2 changes 1', '3 changes 2']
          : ['1 snapshot', '2 snapshot', '3 snapshot'],
      );
      expect(hub.store.plans.get(id)?.nextAt).toBe(at(5, '18:00'));
    },
  );
  test('whose first day comes while it is suspended opens with its resumption', async () => {
    const hub = aHub(at(1));
    hub.commit(1);
    await hub.dispatch(hub.agree(filedAt(at(1), { terms: { validFrom: '2026-12-03' } })));
    await hub.dispatch(hub.suspend(id));
    hub.clock.set(at(3));
    await hub.release();
    expect(hub.deliveries).toEqual([]);
    await hub.dispatch(hub.resume(id));
    await hub.deliver();
    expect(versions(hub)).toEqual([1]);
    expect(hub.store.plans.size).toBe(0);
  });
});

test('a resumption killed at any of its writes is made good, though its event is lost', async () => {
  const writes = async (terms: object) => {
    const hub = await suspended(terms);
    await hub.deliver();
    hub.clock.set(at(3));
    await hub.dispatch(hub.commit(3));
    const resumed = hub.resume(id);
    return { hub, resumed };
  };
  for (const terms of [{}, { content: 'changes' }, { frequency: 'daily', at: '02:00' }]) {
    const { hub: undisturbed, resumed } = await writes(terms);
    undisturbed.life.revive();
    await undisturbed.dispatch(resumed);
    const count = undisturbed.life.writes();
    await undisturbed.settle();
    const wanted = linksOf(undisturbed.deliveries);
    for (let write = 1; write <= count; write++)
      for (const when of ['before', 'after'] as const) {
        const { hub, resumed: told } = await writes(terms);
        hub.life.killAt(write, when);
        await hub.dispatch(told);
        hub.life.revive();
        hub.queue.messages.splice(0);
        await hub.settle();
        expect(linksOf(hub.deliveries)).toEqual(wanted);
        expect(new Set(hub.deliveries.map(({ state }) => state))).toEqual(new Set(['noticed']));
        expect(hub.evidenceOf('delivery-released')).toHaveLength(wanted.length);
      }
  }
});
