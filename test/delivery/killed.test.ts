import { describe, expect, test } from '@jest/globals';
import { anId, department } from '../support/builders.ts';
import { deathsAt } from '../support/long.ts';
import { aHub, csv, filedAt, linksOf, sorted, type TestHub } from './hub.ts';

/** Three deliveries of two extracts; the one of `health` shares that of `tax`. */
function aCity(): TestHub {
  const hub = aHub();
  hub.agree({ agreementId: anId(1), consumer: department('tax') });
  hub.agree({ agreementId: anId(2), consumer: department('press'), terms: { fields: ['name'] } });
  hub.agree({ agreementId: anId(3), consumer: department('health') });
  return hub;
}

/** What the world is to be in the end, whatever happened on the way. */
function expectDone(hub: TestHub): void {
  expect(sorted(hub.deliveries.map(({ consumer, state }) => [consumer, state]))).toEqual([
    ['health', 'noticed'],
    ['press', 'noticed'],
    ['tax', 'noticed'],
  ]);
  expect(sorted(hub.evidenceOf('delivery-released').map(({ subject }) => subject.agreementId))).toEqual([
    anId(1),
    anId(2),
    anId(3),
  ]);
  expect(sorted([...hub.store.extracts.values()].map(({ grants, state }) => [grants, state]))).toEqual([
    [1, 'ready'],
    [2, 'ready'],
  ]);
  expect(hub.store.grants.size).toBe(3);
  for (const consumer of ['tax', 'press', 'health']) {
    expect(hub.store.histories.get(consumer)).toHaveLength(1);
    expect(new Set(hub.mailboxes.noticesOf(consumer).map(({ deliveryId }) => deliveryId)).size).toBe(1);
  }
  expectNothingLeftBehind(hub);
}

/** Every object is an extract's, and nobody need look at any of them. */
function expectNothingLeftBehind(hub: TestHub): void {
  const named = [...hub.store.extracts.values()].map(({ object }) => object.key);
  expect(sorted(extractObjects(hub))).toEqual(sorted(named));
  expect([hub.store.attempts.size, hub.store.extractMarks.size]).toEqual([0, 0]);
}

const extractObjects = (hub: TestHub) => [...hub.objects.stored.keys()].filter((key) => key.startsWith('extracts/'));

/** Writes of the undisturbed run: there are as many places to be killed at. */
async function writesOf(
  run: (hub: TestHub) => Promise<unknown>,
  prepare: (hub: TestHub) => Promise<unknown>,
  start = aCity,
): Promise<number> {
  const hub = start();
  await prepare(hub);
  hub.life.revive();
  await run(hub);
  return hub.life.writes();
}

const places = (count: number) =>
  Array.from({ length: count }, (_, index) => index + 1).flatMap((write) =>
    deathsAt(write).map((when) => [when, write] as const),
  );

const nothing = () => Promise.resolve();
const dispatched = (hub: TestHub) => hub.dispatch(hub.commit(1));
const delivered = (hub: TestHub) => hub.deliver();
const terminated = async (hub: TestHub) => {
  await dispatched(hub);
  await hub.deliver();
};
const revoked = (hub: TestHub) => hub.dispatch(hub.end(anId(1)), hub.end(anId(3)));

describe.each(places(await writesOf(delivered, dispatched)))('deliver killed %s its write %i', (when, write) => {
  test('ends as if nothing had happened', async () => {
    const hub = aCity();
    await dispatched(hub);
    hub.life.killAt(write, when);
    await hub.deliver();
    hub.life.revive();
    await hub.settle();
    expectDone(hub);
  });
  test('and so it does when the message never comes again', async () => {
    const hub = aCity();
    await dispatched(hub);
    hub.life.killAt(write, when);
    await hub.deliver();
    hub.life.revive();
    hub.queue.messages.splice(0);
    await hub.settle();
    expectDone(hub);
  });
  test('leaves nothing to fetch when the agreements end', async () => {
    const hub = aCity();
    await dispatched(hub);
    hub.life.killAt(write, when);
    await hub.deliver();
    hub.life.revive();
    for (const number of [1, 2, 3]) await hub.dispatch(hub.end(anId(number)));
    await hub.settle();
    expect(hub.store.grants.size).toBe(0);
    expect(hub.store.extracts.size).toBe(0);
    expectNothingLeftBehind(hub);
  });
});

const nextDay = '2026-12-02T01:00:00.000Z';

/** The last day of these agreements ends while their extracts are written: nobody is ever granted them. */
function aLastDay(): TestHub {
  const hub = aHub();
  const terms = { validFrom: '2026-12-01', validTo: '2026-12-01' };
  hub.agree({ agreementId: anId(1), consumer: department('tax'), terms });
  hub.agree({ agreementId: anId(2), consumer: department('press'), terms: { ...terms, fields: ['name'] } });
  return hub;
}

/** The day ends when the first extract has been written. */
async function deliveredAcrossMidnight(hub: TestHub): Promise<void> {
  hub.life.pauseWith(async (call) => {
    if (call === 'keep') hub.clock.set(nextDay);
  });
  await hub.deliver();
  hub.life.pauseWith(undefined);
}

test('deliver, for agreements that end meanwhile, drops what it wrote', async () => {
  const hub = aLastDay();
  await dispatched(hub);
  await deliveredAcrossMidnight(hub);
  expect(hub.deliveries.map(({ state }) => state)).toEqual(['void', 'void']);
  expect(hub.store.extracts.size).toBe(0);
  expectNothingLeftBehind(hub);
});

test.each(places(await writesOf(deliveredAcrossMidnight, dispatched, aLastDay)))(
  'deliver, for agreements that end meanwhile, killed %s its write %i leaves nothing behind, though its message is lost',
  async (when, write) => {
    const hub = aLastDay();
    await dispatched(hub);
    hub.life.killAt(write, when);
    await deliveredAcrossMidnight(hub);
    hub.life.revive();
    hub.queue.messages.splice(0);
    hub.clock.set(nextDay);
    await hub.settle();
    expect(hub.deliveries.map(({ state }) => state)).toEqual(['void', 'void']);
    expect(hub.store.extracts.size).toBe(0);
    expectNothingLeftBehind(hub);
  },
);

test('an attempt that goes on after the sweeper gave it up keeps nothing', async () => {
  const hub = aCity();
  await dispatched(hub);
  let slept = false;
  hub.life.pauseWith(async (call) => {
    if (call !== 'keep' || slept) return;
    slept = true;
    hub.clock.set('2026-12-01T03:00:00.000Z');
    await hub.sweep();
  });
  expect(await hub.deliver()).toBe(1);
  hub.life.pauseWith(undefined);
  await hub.settle();
  expectDone(hub);
});

test.each(places(await writesOf(dispatched, nothing)))(
  'dispatch killed %s its write %i ends as if nothing had happened, though its event is lost',
  async (when, write) => {
    const hub = aCity();
    hub.life.killAt(write, when);
    await dispatched(hub);
    hub.life.revive();
    await hub.settle();
    expectDone(hub);
  },
);

test.each(places(await writesOf(revoked, terminated)))(
  'a revocation killed %s its write %i is finished by the sweeper',
  async (when, write) => {
    const hub = aCity();
    await terminated(hub);
    hub.life.killAt(write, when);
    await revoked(hub);
    hub.life.revive();
    await hub.settle();
    expect([...hub.store.extracts.values()]).toMatchObject([{ grants: 1, state: 'ready' }]);
    expect([...hub.store.grants]).toHaveLength(1);
    expect([...hub.objects.stored.keys()].filter((key) => key.startsWith('extracts/'))).toHaveLength(1);
    expect(hub.deliveries.map(({ state }) => state)).toEqual(['noticed', 'noticed', 'noticed']);
  },
);

describe('a chain of changes', () => {
  const changes = { content: 'changes' } as const;
  const hour = (version: number) => `2026-12-01T0${version}:30:00.000Z`;
  const committed = (hub: TestHub, version: number) => {
    hub.clock.set(hour(version));
    return hub.commit(version, { text: csv.replace('机床', `机床${version}`) });
  };
  const agreements = [
    { agreementId: anId(1), consumer: department('tax'), terms: changes },
    { agreementId: anId(2), consumer: department('press'), terms: { ...changes, fields: ['org_code'] } },
    { agreementId: anId(3), consumer: department('health'), terms: changes },
  ];
  /** Version 1 is out; version 2 is committed, and nobody heard of it. */
  async function begun(hub: TestHub): Promise<void> {
    for (const agreement of agreements) await hub.dispatch(hub.agree(filedAt('2026-12-01T01:00:00.000Z', agreement)));
    await hub.dispatch(committed(hub, 1));
    await hub.deliver();
    committed(hub, 2);
  }
  const third = (hub: TestHub) => hub.dispatch(committed(hub, 3));
  const planned = async (hub: TestHub) => {
    await begun(hub);
    await third(hub);
  };
  /** Three versions are committed, two of them after the filing. */
  const filed = (hub: TestHub) =>
    hub.dispatch(...agreements.map((agreement) => hub.agree(filedAt('2026-12-01T01:45:00.000Z', agreement))));
  const stocked = async (hub: TestHub) => {
    for (const version of [1, 2, 3]) committed(hub, version);
  };

  function expectChain(hub: TestHub): void {
    for (const { agreementId, consumer } of agreements) {
      const own = hub.deliveries.filter((delivery) => delivery.agreementId === agreementId);
      expect(linksOf(own)).toEqual(['1 snapshot', '2 changes 1', '3 changes 2']);
      expect(own.map(({ state }) => state)).toEqual(['noticed', 'noticed', 'noticed']);
      expect(hub.store.histories.get(consumer)).toHaveLength(3);
    }
    expect(hub.evidenceOf('delivery-released')).toHaveLength(9);
    expect(sorted([...hub.store.extracts.values()].map(({ grants }) => grants))).toEqual([1, 1, 1, 2, 2, 2]);
    expectNothingLeftBehind(hub);
  }

  test.each([
    ['deliver', planned, delivered],
    ['dispatch of a dataset', begun, third],
    ['dispatch of the filings', stocked, filed],
  ])('is unbroken in the end, wherever %s is killed and though its events are lost', async (_what, prepare, run) => {
    const writes = await writesOf(run, prepare, aHub);
    expect(writes).toBeGreaterThan(3);
    for (const [when, write] of places(writes)) {
      const hub = aHub();
      await prepare(hub);
      hub.life.killAt(write, when);
      await run(hub);
      hub.life.revive();
      hub.queue.messages.splice(0);
      await hub.settle();
      expectChain(hub);
    }
  });

  test('is unbroken in the end, wherever the tick of its first day is killed', async () => {
    const terms = { validFrom: '2026-12-02' };
    const early = async (hub: TestHub) => {
      for (const { terms: own, ...agreement } of agreements)
        await hub.dispatch(hub.agree({ ...agreement, terms: { ...own, ...terms } }));
      const commits = ['2026-12-01T15:00:00.000Z', '2026-12-01T16:00:01.000Z', '2026-12-01T16:00:02.000Z'];
      for (const [index, committedAt] of commits.entries()) hub.commit(index + 1, { committedAt });
      hub.clock.set('2026-12-01T16:00:30.000Z');
    };
    const opened = (hub: TestHub) => hub.release().catch(() => undefined);
    for (const [when, write] of places(await writesOf(opened, early, aHub))) {
      const hub = aHub();
      await early(hub);
      hub.life.killAt(write, when);
      await opened(hub);
      hub.life.revive();
      await hub.release();
      hub.queue.messages.splice(0);
      await hub.settle();
      expectChain(hub);
      expect(hub.store.plans.size).toBe(0);
    }
  });
});
