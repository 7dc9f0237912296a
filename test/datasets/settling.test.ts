import { describe, expect, test } from '@jest/globals';
import { settling } from '../../functions/datasets/representation/settling.ts';
import { MOST_BYTES, MOST_ROWS, tooMuch } from '../../functions/datasets/representation/unfit.ts';
import type { StoredRepresentation } from '../../schemas/stored/datasets.ts';
import { aResource, instant, resource } from '../support/builders.ts';
import { aRepresentation } from './a-representation.ts';

const later = (minutes: number) => new Date(Date.parse(instant) + minutes * 60_000).toISOString();
const of = { resourceId: resource('legal-entities'), form: 'parquet', epoch: 1 } as const;
const making = (datasetVersion: number, leaseUntil: string): StoredRepresentation => ({
  ...of,
  datasetVersion,
  state: 'making',
  leaseUntil,
});
const unfit = (datasetVersion: number): StoredRepresentation => ({
  ...of,
  datasetVersion,
  state: 'unfit',
  reason: 'too-large',
  foundAt: instant,
});
const settled = (
  representations: readonly StoredRepresentation[],
  now = instant,
  { datasetVersion = 2, modes = ['lookup'] as ('delivery' | 'lookup' | 'comparison')[] } = {},
) => {
  const head = aResource({ datasetVersion, datasetAt: instant });
  const { make, drop, isOpen } = settling({ head, modes, representations }, now);
  return { make: make?.datasetVersion, was: make?.was?.state, drop: drop.map((one) => one.datasetVersion), isOpen };
};
const nothing = { make: undefined, was: undefined, drop: [], isOpen: false };

describe('the newest dataset', () => {
  test.each(['lookup', 'comparison'] as const)('is represented for %s', (mode) => {
    expect(settled([], instant, { modes: ['delivery', mode] })).toEqual({ ...nothing, make: 2 });
  });
  test('is not where nothing is looked up in it, and where there is none', () => {
    expect(settled([], instant, { modes: ['delivery'] })).toEqual(nothing);
    expect(settled([], instant, { datasetVersion: 0 })).toEqual(nothing);
  });
  test('is left to whoever is at it, until that one is dead', () => {
    expect(settled([making(2, later(1))])).toEqual({ ...nothing, isOpen: true });
    expect(settled([making(2, later(1))], later(1))).toEqual({ ...nothing, make: 2, was: 'making' });
  });
  test('is not tried again once it is made, or cannot be', () => {
    expect(settled([aRepresentation({ datasetVersion: 2 })], later(60))).toEqual(nothing);
    expect(settled([unfit(2)], later(60))).toEqual(nothing);
  });
});

describe('older ones', () => {
  const [old, newest] = [aRepresentation({ datasetVersion: 1 }), aRepresentation({ datasetVersion: 2 })];
  test('stay until the newest has been there for a while', () => {
    expect(settled([old])).toEqual({ ...nothing, make: 2, isOpen: true });
    expect(settled([old, newest], later(14))).toEqual({ ...nothing, isOpen: true });
    expect(settled([old, newest], later(15))).toEqual({ ...nothing, drop: [1] });
    expect(settled([old, unfit(2)], later(15))).toEqual({ ...nothing, drop: [1] });
  });
  test('stay as long as they are held', () => {
    expect(settled([{ ...old, holds: 1 }, newest], later(600))).toEqual({ ...nothing, isOpen: true });
  });
  test('go where nothing is looked up any more', () => {
    expect(settled([old], later(15), { modes: ['delivery'] })).toEqual({ ...nothing, drop: [1] });
  });
  test('go at once where they were never read, and not while somebody is at them', () => {
    expect(settled([making(1, instant), newest])).toEqual({ ...nothing, drop: [1] });
    expect(settled([{ ...old, state: 'dropping' }, newest])).toEqual({ ...nothing, drop: [1] });
    expect(settled([making(1, later(1)), newest])).toEqual({ ...nothing, isOpen: true });
  });
});

test('more than one function sorts has a name', () => {
  expect(tooMuch({ rows: MOST_ROWS, bytes: MOST_BYTES })).toBeUndefined();
  expect(tooMuch({ rows: MOST_ROWS + 1, bytes: 1 })).toBe('too-many-rows');
  expect(tooMuch({ rows: 1, bytes: MOST_BYTES + 1 })).toBe('too-large');
});
