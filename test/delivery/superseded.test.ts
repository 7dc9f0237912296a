import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StreamRecord } from '../../functions/stream/route.handler.ts';
import { anId } from '../support/builders.ts';
import { searched } from '../support/long.ts';
import { aHub, csv, filedAt, linksOf, sorted, type TestHub } from './hub.ts';

const id = anId(1);
const daily = { frequency: 'daily', at: '02:00' } as const;
const contents = (version: number) => ({ text: csv.replace('机床', `机床${version}`) });
const versionsUnder = (hub: TestHub, termsVersion = 1) =>
  sorted(hub.deliveries.flatMap((one) => (one.termsVersion === termsVersion ? one.datasetVersion : [])));

/** What is done to the hub while nobody reads the stream; then all of it is read, oldest first. */
function lagging(now = '2026-12-01T01:00:00.000Z') {
  const hub = aHub(now);
  const events: StreamRecord[] = [];
  let version = 0;
  return {
    hub,
    commit: (changes = {}) => void events.push(hub.commit(++version, { ...contents(version), ...changes })),
    file: (terms = {}) => void events.push(hub.file({ terms })),
    suspend: () => void events.push(hub.suspend(id)),
    resume: () => void events.push(hub.resume(id)),
    amend: (changes = {}) => void events.push(hub.amend(id, changes)),
    catchUp: () => hub.dispatch(...events.splice(0)),
  };
}

describe('where the stream lags, an agreement gets the dataset in force when it came into force, and what comes after', () => {
  test.each([
    ['on-arrival', {}, [3, 4]],
    ['on changes', { content: 'changes' }, [3, 4]],
    ['daily: what came after waits for its moment', daily, [3]],
  ])('after its filing: %s', async (_case, terms, expected) => {
    const city = lagging();
    for (let upload = 1; upload <= 3; upload++) city.commit();
    city.file(terms);
    city.commit();
    await city.catchUp();
    expect(versionsUnder(city.hub)).toEqual(expected);
  });
  test('though the clock of the filing was ahead of that of the datasets', async () => {
    const city = lagging();
    city.commit();
    city.file();
    city.commit({ committedAt: '2026-12-01T00:59:00.000Z' });
    city.commit({ committedAt: '2026-12-01T00:59:30.000Z' });
    await city.catchUp();
    expect(versionsUnder(city.hub)).toEqual([1, 2, 3]);
  });
  test('though the clock of the filing was behind', async () => {
    const city = lagging();
    city.commit({ committedAt: '2026-12-01T01:05:00.000Z' });
    city.commit({ committedAt: '2026-12-01T01:06:00.000Z' });
    city.file();
    await city.catchUp();
    expect(versionsUnder(city.hub)).toEqual([2]);
  });
  test.each([
    ['on-arrival', {}, [1, 4, 5]],
    ['daily', daily, [1, 4]],
  ])('after a suspension: of what was missed the newest alone: %s', async (_case, terms, expected) => {
    const city = lagging();
    city.commit();
    city.file(terms);
    await city.catchUp();
    city.suspend();
    for (let upload = 2; upload <= 4; upload++) city.commit();
    city.resume();
    city.commit();
    await city.catchUp();
    expect(versionsUnder(city.hub)).toEqual(expected);
  });
  test('after an amendment: under the new terms nothing that was superseded before it', async () => {
    const city = lagging();
    city.commit();
    city.file();
    await city.catchUp();
    city.commit();
    city.commit();
    city.amend({ fields: ['org_code', 'name', 'division'] });
    city.commit();
    await city.catchUp();
    expect(versionsUnder(city.hub, 2)).toEqual([3, 4]);
  });
  test.each([
    ['on-arrival', {}, [2, 3]],
    ['on changes', { content: 'changes' }, [2, 3]],
    ['daily', daily, [2]],
  ])('from the first day of validity on: %s', async (_case, terms, expected) => {
    const city = lagging();
    city.commit();
    city.file({ ...terms, validFrom: '2026-12-03' });
    await city.catchUp();
    city.hub.clock.set('2026-12-02T15:59:59.000Z');
    city.commit();
    city.hub.clock.set('2026-12-02T16:00:05.000Z');
    city.commit();
    await city.hub.release();
    await city.catchUp();
    expect(versionsUnder(city.hub)).toEqual(expected);
  });
  test('and of one that was filed before the hub wrote the dataset down, by its clock', async () => {
    const hub = aHub();
    const at = (minute: number) => ({ committedAt: `2026-12-01T01:0${minute}:00.000Z` });
    const events = [1, 2, 3].map((minute) => hub.commit(minute, { ...contents(minute), ...at(minute) }));
    events.push(hub.agree(filedAt('2026-12-01T01:03:30.000Z')), hub.commit(4, { ...contents(4), ...at(4) }));
    await hub.dispatch(...events);
    expect(versionsUnder(hub)).toEqual([3, 4]);
  });
});

test('a moment that had passed before anybody reacted to the filing is made good', async () => {
  const city = lagging();
  city.commit();
  city.file(daily);
  city.hub.clock.set('2026-12-01T12:00:00.000Z');
  city.commit();
  city.hub.clock.set('2026-12-01T19:00:00.000Z');
  city.commit();
  await city.catchUp();
  expect(versionsUnder(city.hub)).toEqual([1]);
  await city.hub.release();
  expect(versionsUnder(city.hub)).toEqual([1, 2]);
});

test('a tick between a resumption and the reaction to it delivers nothing that was superseded', async () => {
  const city = lagging();
  city.commit();
  city.file(daily);
  await city.catchUp();
  city.suspend();
  city.hub.clock.set('2026-12-01T12:00:00.000Z');
  city.commit();
  city.hub.clock.set('2026-12-01T18:30:00.000Z');
  city.commit();
  city.resume();
  await city.hub.release();
  await city.catchUp();
  expect(versionsUnder(city.hub)).toEqual([1, 3]);
});

type Step =
  | 'commit'
  | 'suspend'
  | 'resume'
  | 'amend'
  | 'read one event'
  | 'read an event twice'
  | 'look through what was lost';
const steps: readonly Step[] = [
  'commit',
  'commit',
  'suspend',
  'resume',
  'amend',
  'read one event',
  'read an event twice',
  'look through what was lost',
];

/**
 * The whole of the rule: `may` is what was in force at a coming into force or was committed while the agreement was
 * active; of that, what belongs to the present coming into force `must` go out.
 */
function aModel() {
  let active = false;
  let newest = 0;
  let terms = 1;
  let must = new Set<string>();
  const may = new Set<string>();
  const owe = () => {
    if (!active || newest === 0) return;
    must.add(`${terms}.${newest}`);
    may.add(`${terms}.${newest}`);
  };
  const begin = () => {
    must = new Set();
    owe();
  };
  return {
    commit: () => {
      newest++;
      owe();
    },
    file: () => {
      active = true;
      begin();
    },
    suspend: () => {
      active = false;
      must = new Set();
    },
    resume: () => {
      active = true;
      begin();
    },
    amend: () => {
      terms++;
      begin();
    },
    isActive: () => active,
    may,
    must: () => must,
  };
}

test('whatever is committed, filed, suspended and amended, and however late and often it is read, nothing superseded goes out and nothing owed is left out', async () => {
  const script = fc.record({
    before: fc.nat({ max: 3 }),
    steps: fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 14 }),
    skew: fc.infiniteStream(fc.integer({ min: -90, max: 90 })),
    draws: fc.infiniteStream(fc.nat()),
  });
  await fc.assert(
    fc.asyncProperty(script, async ({ before, steps: chosen, skew, draws }) => {
      const hub = aHub();
      const model = aModel();
      const unread: StreamRecord[] = [];
      const read: StreamRecord[] = [];
      let version = 0;
      const clock = () => new Date(Date.parse(hub.clock.now()) + 1000 * Number(skew.next().value)).toISOString();
      const commit = () => {
        model.commit();
        unread.push(hub.commit(++version, { ...contents(version), committedAt: clock() }));
      };
      const readOne = async (index: number, again = false) => {
        const [event] = unread.splice(index, again ? 0 : 1).concat(again ? (unread[index] ?? []) : []);
        if (!event) return;
        read.push(event);
        await hub.dispatch(event);
      };
      for (let upload = 0; upload < before; upload++) commit();
      unread.push(hub.file({}));
      model.file();
      for (const step of chosen) {
        hub.clock.set(new Date(Date.parse(hub.clock.now()) + 1000).toISOString());
        if (step === 'commit') commit();
        if (step === 'suspend' && model.isActive()) {
          model.suspend();
          unread.push(hub.suspend(id));
        }
        if (step === 'resume' && !model.isActive()) {
          model.resume();
          unread.push(hub.resume(id));
        }
        if (step === 'amend') {
          model.amend();
          unread.push(hub.amend(id, { purpose: `purpose ${version} ${unread.length}` }));
        }
        const draw = Number(draws.next().value);
        if (step === 'read one event' && unread.length > 0) await readOne(draw % unread.length);
        if (step === 'read an event twice' && read.length > 0) await hub.dispatch(read[draw % read.length]!);
        if (step === 'look through what was lost') {
          hub.clock.set(new Date(Date.parse(hub.clock.now()) + 6 * 60_000).toISOString());
          await hub.sweep();
        }
      }
      while (unread.length > 0) await readOne(Number(draws.next().value) % unread.length);
      const got = new Set(
        hub.deliveries
          .filter(({ voidReason }) => voidReason !== 'terms-replaced')
          .map((one) => `${one.termsVersion}.${one.datasetVersion}`),
      );
      expect([...got].filter((one) => !model.may.has(one))).toEqual([]);
      expect([...model.must()].filter((one) => !got.has(one))).toEqual([]);
    }),
    { numRuns: searched(40, 300) },
  );
});

test('a chain of changes that is read in any order begins with the dataset in force at its filing', async () => {
  const counts = fc.nat({ max: 3 });
  await fc.assert(
    fc.asyncProperty(counts, counts, fc.infiniteStream(fc.nat()), async (before, after, draws) => {
      const hub = aHub();
      let version = 0;
      // The clock of those who commit is an hour behind.
      const commit = () => hub.commit(++version, { ...contents(version), committedAt: '2026-12-01T00:00:00.000Z' });
      const events = Array.from({ length: before }, commit);
      events.push(hub.file({ terms: { content: 'changes' } }));
      for (let upload = 0; upload < after; upload++) events.push(commit());
      while (events.length > 0) await hub.dispatch(...events.splice(Number(draws.next().value) % events.length, 1));
      const first = Math.max(1, before);
      expect(linksOf(hub.deliveries)).toEqual(
        Array.from({ length: Math.max(0, version - first + 1) }, (_, index) =>
          index === 0 ? `${first} snapshot` : `${first + index} changes ${first + index - 1}`,
        ),
      );
    }),
    { numRuns: searched(15, 80) },
  );
});
