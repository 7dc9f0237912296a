import { expect, test } from '@jest/globals';
import { UpdateCycle } from '../../schemas/contracts/definition.ts';
import type { ResourceHead } from '../../schemas/stored/catalog.ts';
import { latenessOf } from '../../functions/catalog/domain/late.ts';
import { aResource } from '../support/builders.ts';
import { dueAfter, lateAfter } from '../../functions/reading/update-cycle.ts';

const timeZone = 'Asia/Shanghai';
const datasetAt = '2026-12-01T01:00:00.000Z';
const late = (changes: Partial<ResourceHead>, now: string) =>
  latenessOf(aResource({ updateCycle: 'daily', datasetAt, ...changes }), now, timeZone);

test.each<[string, Partial<ResourceHead>, string, { due: string; daysLate: number } | undefined]>([
  ['before it is due', {}, '2026-12-02T00:59:59.999Z', undefined],
  ['within its grace', {}, '2026-12-03T00:59:59.999Z', undefined],
  ['once the grace is over', {}, '2026-12-03T01:00:00.000Z', { due: '2026-12-02', daysLate: 1 }],
  ['ever longer', {}, '2026-12-10T16:00:00.000Z', { due: '2026-12-02', daysLate: 9 }],
  [
    'from its publication, where nothing came',
    { datasetAt: undefined, publishedAt: '2026-11-20T01:00:00.000Z' },
    datasetAt,
    { due: '2026-11-21', daysLate: 10 },
  ],
  [
    'by the day of the hub',
    { datasetAt: '2026-12-01T17:00:00.000Z' },
    '2026-12-04T17:00:00.000Z',
    { due: '2026-12-03', daysLate: 2 },
  ],
  ['not when it is irregular', { updateCycle: 'irregular' }, '2030-01-01T00:00:00.000Z', undefined],
  ['not when it is retired', { retiredAt: '2026-12-05T00:00:00.000Z' }, '2030-01-01T00:00:00.000Z', undefined],
  ['not when nothing is known of its cycle', { updateCycle: undefined }, '2030-01-01T00:00:00.000Z', undefined],
])('a daily resource is late %s', (_, head, now, expected) => {
  const found = late(head, now);
  expect(found && { due: found.due, daysLate: found.daysLate }).toEqual(expected);
});

test.each(UpdateCycle.options)('every cycle has a period and a grace, or is never late: %s', (cycle) => {
  const [due, end] = [dueAfter(cycle, datasetAt), lateAfter(cycle, datasetAt)];
  if (cycle === 'irregular') expect([due, end]).toEqual([undefined, undefined]);
  else {
    expect(due! > datasetAt).toBe(true);
    expect(end! > due!).toBe(true);
  }
});

test.each([
  ['weekly', '2026-12-08T01:00:00.000Z'],
  ['monthly', '2027-01-01T01:00:00.000Z'],
  ['yearly', '2027-12-02T01:00:00.000Z'],
] as const)('a %s resource is due when its longest period is over', (cycle, due) => {
  expect(dueAfter(cycle, datasetAt)).toBe(due);
});
