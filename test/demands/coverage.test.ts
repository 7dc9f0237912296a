import { describe, expect, test } from '@jest/globals';
import type { Need } from '../../schemas/contracts/themes.ts';
import { needOf, summaryOf, type Facts } from '../../functions/demands/domain/coverage.ts';
import { isBehind, isLate } from '../../functions/demands/domain/current.ts';
import { aResourceVersion, instant } from '../support/builders.ts';
import { aDemand, progress } from './a-demand.ts';

const moment = { now: '2026-12-01T12:00:00.000Z', today: '2026-12-01' };
const nothing: Facts = { progress: undefined, resource: undefined, dataset: undefined };
const dataset = (datasetVersion: number, committedAt = instant) => ({ datasetVersion, committedAt });
const matched = aDemand({ state: 'matched' });
const resource = aResourceVersion();

describe('what a need lacks first', () => {
  test.each<[Need['gap'], Parameters<typeof needOf>[0], Facts]>([
    ['not-matched', aDemand(), nothing],
    ['declined', aDemand({ state: 'declined' }), nothing],
    ['withdrawn', aDemand({ state: 'withdrawn' }), nothing],
    ['not-agreed', matched, { ...nothing, resource }],
    ['under-negotiation', matched, { ...nothing, resource, progress: progress('under way') }],
    ['suspended', matched, { resource, progress: progress('delivered', { state: 'suspended' }), dataset: dataset(1) }],
    ['not-delivered', matched, { resource, progress: progress('filed'), dataset: dataset(1) }],
    ['not-delivered', matched, { resource, progress: progress('filed'), dataset: undefined }],
    ['behind', matched, { resource, progress: progress('delivered'), dataset: dataset(2, '2026-11-29T00:00:00.000Z') }],
    [
      'source-late',
      matched,
      { resource, progress: progress('delivered'), dataset: dataset(1, '2026-11-01T00:00:00.000Z') },
    ],
    [undefined, matched, { resource, progress: progress('delivered'), dataset: dataset(1) }],
  ])('%s', (gap, demand, facts) => {
    const need = needOf(demand, facts, moment);
    expect([need.gap, need.current]).toEqual([gap, gap === undefined]);
  });
});

describe('where nothing comes of itself', () => {
  const asked = (how: Parameters<typeof progress>[0]) => progress(how, { frequency: undefined });
  const filed = { resource, progress: asked('filed'), dataset: dataset(1) };
  test('a need is served once its demander may ask', () => {
    expect(needOf(aDemand({ state: 'matched', neededBy: '2026-11-30' }), filed, moment)).toMatchObject({
      state: 'satisfied',
      delivered: true,
      current: true,
      overdue: false,
    });
  });
  test.each<[Need['gap'], Facts]>([
    ['under-negotiation', { ...filed, progress: asked('under way') }],
    ['not-delivered', { ...filed, dataset: undefined }],
    ['source-late', { ...filed, dataset: dataset(1, '2026-11-01T00:00:00.000Z') }],
  ])('it lacks: %s', (gap, facts) => {
    expect(needOf(matched, facts, moment).gap).toBe(gap);
  });
  test('a result of long ago is not behind', () => {
    const facts = { resource, progress: asked('delivered'), dataset: dataset(2, '2026-11-30T00:00:00.000Z') };
    expect(needOf(matched, facts, moment).gap).toBeUndefined();
  });
});

test('a need tells how far it has come, and since when', () => {
  const facts = { resource, progress: progress('delivered'), dataset: dataset(1) };
  expect(needOf(matched, facts, moment)).toEqual({
    demandId: matched.demandId,
    title: '法人单位',
    demander: 'emergency',
    state: 'satisfied',
    mode: 'delivery',
    frequency: 'daily',
    overdue: false,
    catalogued: true,
    resourceId: 'legal-entities',
    provider: 'quality',
    shareType: 'unconditional',
    cataloguedAt: instant,
    agreed: true,
    agreementState: 'active',
    agreedAt: instant,
    delivered: true,
    deliveredAt: instant,
    datasetVersion: 1,
    current: true,
    datasetAt: instant,
  });
});

test('a need does not tell when its resource was renewed before an agreement is filed', () => {
  const facts = { resource, progress: progress('under way'), dataset: dataset(7) };
  expect(needOf(matched, facts, moment)).not.toHaveProperty('datasetAt');
});

test.each([
  ['2026-12-01', false],
  ['2026-11-30', true],
])('a need of %s that nothing came for is overdue on the first of December: %s', (neededBy, overdue) => {
  expect(needOf(aDemand({ neededBy }), nothing, moment).overdue).toBe(overdue);
  const delivered = { resource, progress: progress('delivered'), dataset: dataset(1) };
  expect(needOf(aDemand({ state: 'matched', neededBy }), delivered, moment).overdue).toBe(false);
});

describe('a newer dataset', () => {
  const newest = dataset(8, '2026-12-01T00:00:00.000Z');
  test.each([
    ['on-arrival', '2026-12-01T00:59:00.000Z', false],
    ['on-arrival', '2026-12-01T01:01:00.000Z', true],
    ['daily', '2026-12-02T00:59:00.000Z', false],
    ['daily', '2026-12-02T01:01:00.000Z', true],
    ['quarterly', '2027-03-01T00:00:00.000Z', false],
  ] as const)('that is agreed %s is missing at %s: %s', (frequency, now, behind) => {
    expect(isBehind(7, newest, frequency, now)).toBe(behind);
    expect(isBehind(8, newest, frequency, now)).toBe(false);
  });
  test.each([
    ['daily', '2026-12-02T23:00:00.000Z', false],
    ['daily', '2026-12-03T01:00:00.000Z', true],
    ['irregular', '2036-12-03T01:00:00.000Z', false],
  ] as const)('of a resource that is renewed %s is late at %s: %s', (cycle, now, late) => {
    expect(isLate(newest, cycle, now)).toBe(late);
  });
});

test('the summary counts what is alive, and what was withdrawn by itself', () => {
  const delivered = { resource, progress: progress('delivered'), dataset: dataset(1) };
  const needs = [
    needOf(aDemand({ neededBy: '2026-11-01' }), nothing, moment),
    needOf(aDemand({ state: 'declined' }), nothing, moment),
    needOf(aDemand({ state: 'withdrawn' }), nothing, moment),
    needOf(matched, { ...nothing, resource }, moment),
    needOf(matched, { resource, progress: progress('filed'), dataset: dataset(1) }, moment),
    needOf(matched, delivered, moment),
  ];
  expect(summaryOf(needs)).toEqual({
    needs: 5,
    catalogued: 3,
    agreed: 2,
    delivered: 1,
    current: 1,
    overdue: 1,
    declined: 1,
    withdrawn: 1,
  });
});
