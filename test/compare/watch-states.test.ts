import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../functions/adapters/duckdb/database.ts';
import { watchedListKey, watchIdOf } from '../../functions/compare/domain/places.ts';
import { takenBack } from '../../functions/compare/domain/watches/end.ts';
import { diedBefore, isStuckLook, lookBegun, lookEnded } from '../../functions/compare/domain/watches/look.ts';
import { receiveKeys } from '../../functions/compare/domain/watches/receive-keys.ts';
import { maskedText } from '../../functions/compare/domain/watches/seen-statements.ts';
import { watchShownTo } from '../../functions/compare/domain/watches/shown.ts';
import {
  isEndedWatch,
  keysOf,
  watchAllows,
  watchTransitions,
  type WatchAction,
} from '../../functions/compare/domain/watches/transitions.ts';
import { watchStanding } from '../../functions/compare/domain/watches/watched-terms.ts';
import { masked } from '../../functions/records/index.ts';
import type { WatchId } from '../../schemas/contracts/ids.ts';
import { Mask } from '../../schemas/contracts/terms.ts';
import { KeyWatch } from '../../schemas/contracts/watches.ts';
import { StoredKeyWatch } from '../../schemas/stored/watches.ts';
import { anAgreement, anId, comparisonTerms, department, lookupTerms, sha256, terms } from '../support/builders.ts';
import { later } from './a-comparison.ts';
import { aBasis, allWatches, watchIn } from './a-watch.ts';

const live = ['awaiting', 'received', 'lodging', 'active', 'looking'];

describe('what may happen to a watch', () => {
  const expected: Readonly<Record<WatchAction, readonly string[]>> = {
    arrive: ['awaiting'],
    take: ['received', 'lodging'],
    begin: ['lodging'],
    open: ['active', 'looking'],
    close: ['looking'],
    refuse: ['received', 'lodging'],
    expire: ['awaiting', 'received', 'lodging'],
    end: live,
  };
  const cases = (Object.keys(watchTransitions) as WatchAction[]).flatMap((action) =>
    allWatches.map((state) => [action, state] as const),
  );
  test.each(cases)('%s where it is %s', (action, state) => {
    expect(watchAllows(action, watchIn[state]())).toBe(expected[action].includes(state));
  });
  test.each(allWatches)('%s is stored as it is, shown without its list, and ended or not', (state) => {
    const watch = watchIn[state]();
    expect(StoredKeyWatch.parse(watch)).toEqual(watch);
    for (const reader of ['tax', 'quality'])
      expect(KeyWatch.parse(watchShownTo(watch, department(reader)))).not.toHaveProperty('list');
    expect(isEndedWatch(watch)).toBe(!live.includes(state));
    expect(keysOf(watch)).toBe(state === 'active' || state === 'looking' ? 3 : 0);
  });
});

describe('keys that arrive', () => {
  const kinds = {
    awaiting: ['mark', 'mark'],
    received: ['remind', 'ignore'],
    lodging: ['ignore', 'ignore'],
    active: ['discard', 'discard'],
    looking: ['discard', 'discard'],
    refused: ['discard', 'discard'],
    ended: ['discard', 'discard'],
    expired: ['discard', 'discard'],
  } as const;
  test.each(allWatches)('where it is %s', (state) => {
    const arrive = (versionId: string) => receiveKeys(watchIn[state](), { versionId, bytes: 64 }, later(60)).kind;
    expect([arrive('v1'), arrive('v2')]).toEqual(kinds[state]);
  });
  test.each([
    [watchedListKey(department('tax'), anId(1) as string as WatchId), anId(1)],
    [`lists/tax/${anId(1)}`, undefined],
    ['lists/tax/watches/x', undefined],
    [`lists/tax/watches/${anId(1)}/x`, undefined],
  ])('the watch of the key %s', (key, id) => {
    expect(watchIdOf(key)).toBe(id);
  });
});

test.each(allWatches)('only its consumer takes back what is %s', (state) => {
  const back = (by: string) => {
    const outcome = takenBack(watchIn[state](), department(by), later(60));
    return outcome.ok ? outcome.value.state : outcome.refusal.code;
  };
  expect([back('quality'), back('tax')]).toEqual(['not-the-consumer', live.includes(state) ? 'ended' : 'wrong-state']);
});

describe('a look', () => {
  const object = { key: 'watches/x/9', versionId: 'v9', bytes: 1, sha256 };
  test('counts its attempts, and knows what those that died may have left', () => {
    const first = lookBegun(watchIn.active(), { datasetVersion: 7 }, later(40));
    const third = lookBegun(lookBegun(first, { datasetVersion: 7 }, later(90)), { datasetVersion: 7 }, later(140));
    expect([first.attempts, third.attempts, third.epoch - first.epoch]).toEqual([1, 3, 2]);
    expect(diedBefore(third)).toEqual([third.epoch - 1, third.epoch - 2]);
    expect(diedBefore(first)).toEqual([]);
    expect([isStuckLook({ attempts: 5 }), isStuckLook({ attempts: 6 })]).toEqual([false, true]);
  });
  test('by other terms counts no change as told', () => {
    const found = { keys: 3, changed: 2, object };
    expect(lookEnded(watchIn.looking(), aBasis(), found, later(50)).told).toEqual({ keys: 2, datasets: 1 });
    const renewed = lookEnded(watchIn.looking(), aBasis({ termsVersion: 2 }), found, later(50));
    expect(renewed).toMatchObject({ termsVersion: 2, told: { keys: 0, datasets: 0 } });
  });
});

describe('an agreement lets keys be watched', () => {
  const day = '2026-12-01';
  test.each([
    ['active', { state: 'active', terms: lookupTerms({ watchKeys: 1 }) }, 'in-force'],
    ['of comparisons', { state: 'active', terms: comparisonTerms({ watchKeys: 1 }) }, 'in-force'],
    ['suspended', { state: 'suspended', terms: lookupTerms({ watchKeys: 1 }) }, 'at-rest'],
    [
      'before its first day',
      { state: 'active', terms: lookupTerms({ watchKeys: 1, validFrom: '2026-12-02' }) },
      'at-rest',
    ],
    ['after its last day', { state: 'active', terms: lookupTerms({ watchKeys: 1, validTo: '2026-11-30' }) }, 'over'],
    ['terminated', { state: 'terminated', terms: lookupTerms({ watchKeys: 1 }) }, 'over'],
    ['expired', { state: 'expired', terms: lookupTerms({ watchKeys: 1 }) }, 'over'],
    ['that says nothing of it', { state: 'active', terms: lookupTerms() }, 'not-agreed'],
    ['of deliveries', { state: 'active', terms: terms() }, 'not-agreed'],
  ] as const)('%s', (_, changes, kind) => {
    expect(watchStanding(anAgreement(changes as Parameters<typeof anAgreement>[0]), day).kind).toBe(kind);
  });
});

describe('a mask in SQL', () => {
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'masks-'));
    database = await openDatabase({ folder, memoryMb: 128, spillMb: 0, threads: 1 });
  });
  afterAll(async () => {
    database.close();
    await rm(folder, { recursive: true });
  });
  const characters = ['', 'a', '1', '王', '𠮷', '😀', 'é', 'e\u0301', '\u200d', '"', "'", ',', ' ', '\n'];
  const texts = Array.from({ length: 400 }, (_, i) =>
    Array.from({ length: i % 9 }, (_each, at) => characters[(i * 7 + at * 5 + (i >> 3)) % characters.length]).join(''),
  );
  test.each(Mask.options)('%s leaves of every text what the engine leaves', async (mask) => {
    for (const text of texts) {
      const [row] = await database.rows(`SELECT ${maskedText('t', mask)} AS found FROM (SELECT $1::VARCHAR AS t)`, [
        text,
      ]);
      expect([text, row?.['found']]).toEqual([text, masked(mask, text)]);
    }
  });
  test.each(Mask.options)('%s leaves nothing where there is nothing', async (mask) => {
    const [row] = await database.rows(`SELECT ${maskedText('t', mask)} AS found FROM (SELECT NULL::VARCHAR AS t)`);
    expect(row?.['found']).toBeNull();
  });
});
