import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anId, department } from '../support/builders.ts';
import { reactToAgreement } from '../../functions/delivery/planning/react-to-agreement.ts';
import { searched } from '../support/long.ts';
import { memoryFacts } from '../support/memory/deliveries.ts';
import { aHub, csv, filedAt, linksOf, sorted, type TestHub } from './hub.ts';

const id = anId(1);
const at = (day: number, time = '01:00') => `2026-12-${String(day).padStart(2, '0')}T${time}:00.000Z`;
const states = (hub: TestHub) =>
  sorted(hub.deliveries.map((one) => `${one.termsVersion}.${one.datasetVersion} ${one.voidReason ?? one.state}`));
const extractObjects = (hub: TestHub) => [...hub.objects.stored.keys()].filter((key) => key.startsWith('extracts/'));
const wider = { fields: ['org_code', 'name', 'division'] };

/** Dataset 1 is delivered, 2 is planned, when other terms are filed. */
async function underWay(terms = {}): Promise<TestHub> {
  const hub = aHub(at(1));
  hub.agree(filedAt(at(1), { terms }));
  await hub.dispatch(hub.commit(1));
  await hub.deliver();
  hub.clock.set(at(2));
  await hub.dispatch(hub.commit(2, { text: csv.replace('机床', '机床2') }));
  return hub;
}

describe('an amendment that is filed', () => {
  test('takes back what is under the old terms, and delivers the current dataset under the new ones at once', async () => {
    const hub = await underWay();
    await hub.dispatch(hub.amend(id, wider));
    expect(states(hub)).toEqual(['1.1 noticed', '1.2 terms-replaced', '2.2 planned']);
    expect([hub.store.grants.size, extractObjects(hub)]).toEqual([0, []]);
    await hub.deliver();
    expect(hub.mailboxes.notices.map(({ termsVersion, datasetVersion }) => [termsVersion, datasetVersion])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(hub.store.grants.size).toBe(1);
  });
  test('refuses the content of old deliveries, and says why', async () => {
    const hub = await underWay();
    await hub.dispatch(hub.amend(id, wider));
    for (const { deliveryId } of hub.deliveries.filter(({ termsVersion }) => termsVersion === 1))
      expect((await hub.call('readContent', 'tax', { params: { deliveryId } })).body).toMatchObject({
        status: 409,
        code: 'agreement-not-active',
        detail: expect.stringContaining('amendment'),
      });
  });
  test('keeps an extract that another agreement holds', async () => {
    const hub = await underWay();
    await hub.dispatch(hub.file({ agreementId: anId(2), consumer: department('press') }));
    await hub.deliver();
    await hub.dispatch(hub.amend(id, wider));
    expect([...hub.store.extracts.values()].map(({ grants }) => grants)).toEqual([1]);
  });
  test('that changes no delivered byte takes up the same extract again', async () => {
    const hub = await underWay();
    await hub.deliver();
    await hub.dispatch(hub.amend(id, { purpose: 'another purpose' }));
    await hub.deliver();
    expect(hub.mailboxes.notices.at(-1)).toMatchObject({ termsVersion: 2, purpose: 'another purpose' });
    expect([...hub.store.extracts.values()]).toMatchObject([{ datasetVersion: 2, grants: 1 }]);
  });
  test('is followed where only its terms version tells that it happened, and only then', async () => {
    const hub = await underWay();
    const { dynamodb } = hub.amend(id, wider);
    await hub.dispatch({ dynamodb: { ...dynamodb, OldImage: dynamodb!.NewImage! } });
    expect(states(hub)).not.toContain('2.2 planned');
    await hub.dispatch({ dynamodb: dynamodb! });
    expect(states(hub)).toContain('2.2 planned');
  });
  test('begins a chain of changes anew, with a snapshot', async () => {
    const hub = await underWay({ content: 'changes' });
    await hub.deliver();
    hub.clock.set(at(3));
    await hub.dispatch(hub.amend(id, wider));
    hub.clock.set(at(4));
    await hub.dispatch(hub.commit(3, { text: csv.replace('机床', '机床3') }));
    await hub.deliver();
    const under = (version: number) => hub.deliveries.filter(({ termsVersion }) => termsVersion === version);
    expect(linksOf(under(1))).toEqual(['1 snapshot', '2 changes 1']);
    expect(linksOf(under(2))).toEqual(['2 snapshot', '3 changes 2']);
  });
  test.each([
    ['to daily', {}, { frequency: 'daily', at: '02:00' } as const, at(2, '18:00')],
    ['from daily', { frequency: 'daily', at: '02:00' }, { frequency: 'on-arrival' } as const, undefined],
    [
      'from daily to hourly',
      { frequency: 'daily', at: '02:00' },
      { frequency: 'hourly', at: '00:30' } as const,
      at(2, '01:30'),
    ],
  ])('replaces the release plan: %s', async (_case, before, after, nextAt) => {
    const hub = await underWay(before);
    const filed = hub.amend(id, after);
    await hub.dispatch(filed, filed);
    await hub.deliver();
    expect(hub.store.plans.get(id)?.nextAt).toBe(nextAt);
    expect(states(hub)).toContain('2.2 noticed');
  });
  test('is not undone by a release that saw the plan of the old terms', async () => {
    const hub = aHub(at(1));
    hub.commit(1);
    await hub.dispatch(hub.agree(filedAt(at(1), { terms: { frequency: 'daily', at: '02:00' } })));
    hub.clock.set(at(1, '18:00'));
    const filed = hub.amend(id, { frequency: 'daily', at: '03:00' });
    let told = false;
    hub.life.pauseWith(async (call) => {
      if (call !== 'advance' || told) return;
      told = true;
      await hub.dispatch(filed);
    });
    await hub.release();
    hub.life.pauseWith(undefined);
    expect(hub.store.plans.get(id)).toMatchObject({ termsVersion: 2, nextAt: at(1, '19:00') });
  });
  test('keeps its release plan, whatever a late reaction to the state before finds', async () => {
    const hub = aHub(at(1));
    hub.commit(1);
    let told = false;
    hub.life.pauseWith(async (call) => {
      if (call !== 'plan' || told) return;
      told = true;
      await hub.dispatch(hub.amend(id, { frequency: 'daily', at: '02:00' }));
    });
    await hub.dispatch(hub.agree(filedAt(at(1), {})));
    hub.life.pauseWith(undefined);
    expect(hub.store.plans.get(id)).toMatchObject({ termsVersion: 2, nextAt: at(1, '18:00') });
  });
  test('keeps its deliveries, whatever a late reaction to the amendment before takes back', async () => {
    const hub = await underWay();
    await hub.dispatch(hub.amend(id, wider));
    const before = hub.store.agreements.get(id)!;
    await hub.dispatch(hub.amend(id, { fields: ['org_code', 'division'] }));
    await hub.deliver();
    const late = { ...hub.ports, facts: { ...memoryFacts(hub.store), agreement: async () => before } };
    await reactToAgreement(late, id);
    await hub.settle();
    expect(states(hub)).toEqual(['1.1 noticed', '1.2 terms-replaced', '2.2 terms-replaced', '3.2 noticed']);
    expect(hub.store.grants.size).toBe(1);
  });
  test('while the agreement is suspended, takes back at once and delivers when it is resumed', async () => {
    const hub = await underWay();
    await hub.dispatch(hub.suspend(id));
    await hub.dispatch(hub.amend(id, wider));
    expect(states(hub)).toEqual(['1.1 noticed', '1.2 terms-replaced']);
    expect([hub.store.grants.size, extractObjects(hub)]).toEqual([0, []]);
    await hub.dispatch(hub.resume(id));
    await hub.deliver();
    expect(states(hub)).toEqual(['1.1 noticed', '1.2 terms-replaced', '2.2 noticed']);
  });
  test('makes void what its work queue meets later, and sends no notice that was still owed', async () => {
    const hub = await underWay();
    hub.mailboxes.breakDown('tax');
    await hub.deliver();
    hub.mailboxes.breakDown(undefined);
    await hub.dispatch(hub.commit(3));
    hub.amend(id, wider);
    await hub.deliver();
    await hub.settle();
    expect(states(hub)).toEqual(['1.1 noticed', '1.2 released', '1.3 terms-replaced', '2.3 noticed']);
    expect(hub.mailboxes.notices.filter(({ termsVersion }) => termsVersion === 1)).toHaveLength(1);
    expect(hub.deliveries.find(({ state }) => state === 'released')?.lookAgainAt).toBeUndefined();
  });
});

test('a release and an amendment that cross leave no grant under the old terms, in every interleaving', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const hub = aHub(at(1));
      hub.agree({});
      await hub.dispatch(hub.commit(1));
      hub.life.pauseWith(async () => {
        await scheduler.schedule(Promise.resolve());
      });
      const amend = async () => {
        await scheduler.schedule(Promise.resolve(), 'amend');
        await hub.dispatch(hub.amend(id, wider));
      };
      await scheduler.waitFor(Promise.all([hub.deliver(), amend()]));
      hub.life.pauseWith(undefined);
      await hub.settle();
      const [old, current] = hub.deliveries;
      expect([...hub.store.grants]).toEqual([`${current!.extractId} ${current!.deliveryId}`]);
      expect(['void', 'released', 'noticed']).toContain(old!.state);
      expect(current).toMatchObject({ termsVersion: 2, state: 'noticed' });
      expect(extractObjects(hub)).toHaveLength(1);
    }),
    { numRuns: searched(15, 80) },
  );
});

test('an amendment killed at any of its writes is made good, though its event is lost', async () => {
  for (const terms of [{}, { frequency: 'daily', at: '02:00' }]) {
    const prepared = async () => {
      const hub = await underWay(terms);
      await hub.deliver();
      return { hub, filed: hub.amend(id, wider) };
    };
    const { hub: undisturbed, filed } = await prepared();
    undisturbed.life.revive();
    await undisturbed.dispatch(filed);
    const count = undisturbed.life.writes();
    await undisturbed.settle();
    for (let write = 1; write <= count; write++)
      for (const when of ['before', 'after'] as const) {
        const { hub, filed: told } = await prepared();
        hub.life.killAt(write, when);
        await hub.dispatch(told);
        hub.life.revive();
        hub.queue.messages.splice(0);
        await hub.settle();
        expect(states(hub)).toEqual(states(undisturbed));
        expect(hub.store.grants.size).toBe(1);
        expect(extractObjects(hub)).toHaveLength(1);
      }
  }
});
