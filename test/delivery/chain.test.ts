import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fits } from '../../functions/delivery/domain/plan.ts';
import { startOf } from '../../functions/delivery/domain/start.ts';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import { aDefinition, anAgreement, department, instant, anId } from '../support/builders.ts';
import { searched } from '../support/long.ts';
import { datasetKey } from '../support/memory/deliveries.ts';
import { aHub, filedAt, linksOf, type TestHub } from './hub.ts';

const { schema } = aDefinition();
const incompatible = { ...schema, fields: schema.fields.filter(({ name }) => name !== 'name') };
const otherKey = { ...schema, primaryKey: ['org_code', 'name'] };
const { primaryKey: _key, ...keyless } = schema;
const changes = { content: 'changes' } as const;
const minutes = (count: number) => new Date(Date.parse(instant) + count * 60_000).toISOString();

/** A dataset by the minute of its commit after the filing, and its resource version: 1 fits, 2 and 3 do not. */
type Dataset = readonly [minute: number, resourceVersion?: number];

function aCity(datasets: readonly Dataset[], terms = {}) {
  const hub = aHub();
  hub.store.schemas.set(datasetKey('legal-entities', 2), incompatible);
  hub.store.schemas.set(datasetKey('legal-entities', 3), otherKey);
  const filed = hub.agree(filedAt(instant, { terms: { ...changes, ...terms } }));
  const commits = datasets.map(([minute, resourceVersion = 1], index) =>
    hub.commit(index + 1, { committedAt: minutes(minute), resourceVersion }),
  );
  hub.clock.set(minutes(60));
  return { hub, filed, commits };
}

describe('an agreement on changes that follows each arrival gets', () => {
  const cases: readonly (readonly [string, readonly Dataset[], readonly string[]])[] = [
    ['nothing before there is a dataset', [], []],
    ['the dataset that was newest at its filing', [[-9], [-5]], ['2 snapshot']],
    ['one that was committed at the very instant of the filing', [[-9], [0]], ['2 snapshot']],
    ['the first that comes, where there was none', [[5]], ['1 snapshot']],
    [
      'what came after as edits, each of the one before',
      [[-5], [1], [2]],
      ['1 snapshot', '2 changes 1', '3 changes 2'],
    ],
    ['what came from the first on as edits', [[1], [2]], ['1 snapshot', '2 changes 1']],
    [
      'nothing for a version that does not fit, and the next as edits of the last that fits',
      [[-5], [1, 2], [2, 3], [3]],
      ['1 snapshot', '2 void', '3 void', '4 changes 1'],
    ],
    [
      'a snapshot after a start that does not fit, though an older version did',
      [[-9], [-5, 2], [1], [2]],
      ['2 void', '3 snapshot', '4 changes 3'],
    ],
    ['a snapshot where nothing since the first has fitted', [[1, 2], [2, 2], [3]], ['1 void', '2 void', '3 snapshot']],
  ];

  test.each(cases)('%s', async (_case, datasets, links) => {
    const { hub, filed } = aCity(datasets);
    await hub.dispatch(filed);
    expect(linksOf(hub.deliveries)).toEqual(links);
  });

  test.each(cases)('%s, whoever plans it, in whatever order and however often', async (_case, datasets, links) => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (draws) => {
        const { hub, filed, commits } = aCity(datasets);
        const events = [filed, ...commits];
        const drawn = [...draws.take(10)].map((draw) => events[draw % events.length]!);
        for (const event of [...drawn, ...events.toReversed()]) await hub.dispatch(event);
        expect(linksOf(hub.deliveries)).toEqual(links);
        await hub.deliver();
        expect(new Set(hub.mailboxes.notices.map(({ deliveryId }) => deliveryId)).size).toBe(
          links.filter((link) => !link.endsWith('void')).length,
        );
      }),
      { numRuns: searched(4, 20) },
    );
  });

  test('a snapshot more where a clock that lagged dated a later version before the filing', async () => {
    const { hub, filed, commits } = aCity([[-5], [1], [-1], [2]]);
    await hub.dispatch(...commits, filed);
    expect(linksOf(hub.deliveries)).toEqual(['1 snapshot', '2 changes 1', '3 snapshot', '4 changes 3']);
  });

  test('a snapshot after more versions that do not fit than anybody looks back', async () => {
    const { hub, filed } = aCity([[-5], ...Array.from({ length: 50 }, (_, index) => [index + 1, 2] as const), [55]]);
    await hub.dispatch(filed);
    expect(linksOf(hub.deliveries).at(-1)).toBe('52 snapshot');
  });

  test('with the event of one dataset also those before it, which nobody has planned', async () => {
    const { hub, commits } = aCity([[-5], [1], [2], [3]]);
    await hub.dispatch(commits[3]!);
    expect(linksOf(hub.deliveries)).toEqual(['1 snapshot', '2 changes 1', '3 changes 2', '4 changes 3']);
    expect(hub.queue.messages).toHaveLength(4);
  });
});

test('planning one more dataset looks at the dataset and the delivery before it, and no further', async () => {
  const { hub, filed } = aCity([[-5], ...Array.from({ length: 30 }, (_, index) => [index + 1] as const)]);
  await hub.dispatch(filed);
  const asked: string[] = [];
  const one = hub.commit(32, { committedAt: minutes(40) });
  hub.life.pauseWith(async (call) => void asked.push(call));
  await hub.dispatch(one);
  expect(asked.filter((call) => call === 'find' || call === 'dataset')).toEqual(['dataset', 'find', 'dataset', 'find']);
});

describe('a chain whose first day lies ahead', () => {
  const tomorrow = '2026-12-01T16:00:00.000Z';
  const terms = { validFrom: '2026-12-02' };
  const opened = async (hub: TestHub, at: string) => {
    hub.clock.set(at);
    await hub.release();
  };

  test('begins with what was newest when that day began', async () => {
    const { hub, filed, commits } = aCity([[-5], [5], [10]], terms);
    await hub.dispatch(filed, ...commits);
    expect(linksOf(hub.deliveries)).toEqual([]);
    await opened(hub, tomorrow);
    expect(linksOf(hub.deliveries)).toEqual(['3 snapshot']);
    expect(hub.store.plans.size).toBe(0);
  });
  test('takes in what came since, where the tick is late, and leaves nothing to a second one', async () => {
    const { hub, filed } = aCity([[-5], [15 * 60 + 1], [15 * 60 + 2]], terms);
    await hub.dispatch(filed);
    hub.clock.set('2026-12-01T17:00:00.000Z');
    await Promise.all([hub.release(), hub.release()]);
    await hub.settle();
    expect(linksOf(hub.deliveries)).toEqual(['1 snapshot', '2 changes 1', '3 changes 2']);
    expect(hub.mailboxes.notices).toHaveLength(3);
    expect(hub.store.plans.size).toBe(0);
  });
  test('is not broken by a dataset that a lagging clock took for one of the day before', async () => {
    const { hub, filed } = aCity([[-5]], terms);
    await hub.dispatch(filed);
    await opened(hub, tomorrow);
    const passedOver = hub.commit(2, { committedAt: '2026-12-01T16:00:00.500Z' });
    hub.clock.set('2026-12-01T15:59:59.900Z');
    await hub.dispatch(passedOver);
    expect(linksOf(hub.deliveries)).toEqual(['1 snapshot']);
    hub.clock.set('2026-12-01T16:10:00.000Z');
    await hub.dispatch(hub.commit(3));
    expect(linksOf(hub.deliveries)).toEqual(['1 snapshot', '2 changes 1', '3 changes 2']);
  });
});

test('datasets and a filing that cross make one unbroken chain, in every interleaving', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const hub = aHub();
      hub.commit(1);
      hub.agree(anAgreement({ state: 'signed', terms: changes }));
      hub.life.pauseWith(async () => {
        await scheduler.schedule(Promise.resolve());
      });
      let time = 0;
      let version = 1;
      const next = () => {
        hub.clock.set(minutes(++time));
        return hub.clock.now();
      };
      const commit = async () => {
        await scheduler.schedule(Promise.resolve(), 'commit');
        next();
        return hub.dispatch(hub.commit(++version));
      };
      const file = async () => {
        await scheduler.schedule(Promise.resolve(), 'clock of the filing');
        const at = next();
        await scheduler.schedule(Promise.resolve(), 'commit of the filing');
        const event = hub.agree(filedAt(at, { terms: changes }));
        await hub.dispatch(event);
        return hub.dispatch(event);
      };
      await scheduler.waitFor(Promise.all([commit(), file(), commit(), commit()]));
      hub.life.pauseWith(undefined);
      const links = linksOf(hub.deliveries);
      const start = Number(links[0]?.split(' ')[0]);
      expect(links).toEqual(
        Array.from({ length: 4 - start + 1 }, (_, index) =>
          index === 0 ? `${start} snapshot` : `${start + index} changes ${start + index - 1}`,
        ),
      );
      expect(start).toBe(
        [...hub.store.datasets.values()].findLast(
          ({ value }) => value.committedAt <= startOf(hub.store.agreements.get(anId(1))!.value, 'Asia/Shanghai').at,
        )?.value.datasetVersion,
      );
    }),
    { numRuns: searched(30, 200) },
  );
});

describe('the start of a chain', () => {
  test.each([
    ['the filing', '2026-12-05T03:00:00.000Z', '2026-12-01', '2026-12-05T03:00:00.000Z'],
    ['the first day', '2026-12-05T03:00:00.000Z', '2026-12-06', '2026-12-05T16:00:00.000Z'],
    ['the filing on the first day', '2026-12-05T17:00:00.000Z', '2026-12-06', '2026-12-05T17:00:00.000Z'],
  ])('is %s', (_case, at, validFrom, start) => {
    expect(startOf(filedAt(at, { terms: { ...changes, validFrom } }), 'Asia/Shanghai').at).toBe(start);
  });
  test('is the filing of the terms in force, not of earlier ones', () => {
    const agreement = filedAt('2026-12-05T03:00:00.000Z', { termsVersion: 2, terms: changes });
    const earlier = { at: instant, by: department('eitc'), action: 'file', termsVersion: 1 } as const;
    expect(startOf({ ...agreement, history: [earlier, ...agreement.history] }, 'Asia/Shanghai').at).toBe(
      '2026-12-05T03:00:00.000Z',
    );
  });
});

test.each<[string, TableSchema, boolean, TableSchema?]>([
  ['the same key', schema, true],
  ['the same key in another order', { ...otherKey, primaryKey: ['name', 'org_code'] }, true, otherKey],
  ['another key', otherKey, false],
  ['no key any more', keyless, false],
])('of a version with %s, changes fit: %#', (_case, actual, expected, pinned = schema) => {
  const agreement = anAgreement({ state: 'active', terms: changes });
  expect(fits(agreement, { pinned, actual })).toBe(expected);
  expect(fits(anAgreement({ state: 'active' }), { pinned: schema, actual })).toBe(true);
});
