import { describe, expect, test } from '@jest/globals';
import { periodOf } from '../../functions/reports/domain/period.ts';
import { benefitPieces, keptFor, rowsBy, totalOf } from '../../functions/reports/domain/report.ts';
import { narrowRows, type NarrowBy } from '../../functions/reports/domain/narrow-rows.ts';
import type { Piece } from '../../functions/reports/domain/piece.ts';
import { Figures, type ReportBy } from '../../schemas/contracts/reports.ts';
import type { StoredBenefit } from '../../schemas/stored/reports.ts';
import { anId, department, instant, resource } from '../support/builders.ts';

const piece = (
  month: string,
  provider: string,
  consumer: string | undefined,
  resourceId: string,
  deliveries: number,
): Piece => ({
  month,
  place: {
    provider: department(provider),
    ...(consumer !== undefined && { consumer: department(consumer) }),
    resourceId: resource(resourceId),
  },
  figures: { deliveries },
});
const pieces = [
  piece('2026-12', 'quality', 'tax', 'legal-entities', 3),
  piece('2026-11', 'quality', 'tax', 'legal-entities', 2),
  piece('2026-12', 'quality', 'press', 'legal-entities', 5),
  piece('2026-12', 'housing', 'tax', 'permits', 7),
  piece('2026-12', 'housing', undefined, 'permits', 11),
];

describe('rows', () => {
  test.each<[Exclude<ReportBy, NarrowBy>, Record<string, number>]>([
    ['month', { '2026-11': 2, '2026-12': 26 }],
    ['provider', { housing: 18, quality: 10 }],
    ['consumer', { press: 5, tax: 12 }],
    ['pair', { 'housing|tax': 7, 'quality|press': 5, 'quality|tax': 5 }],
    ['resource', { 'legal-entities|quality': 10, 'permits|housing': 18 }],
    ['theme', {}],
  ])('by %s are one for each, in order, over all months', (by, expected) => {
    const rows = rowsBy(pieces, by);
    expect(rows.map(({ key }) => key)).toEqual(Object.keys(expected));
    expect(Object.fromEntries(rows.map(({ key, row }) => [key, row.deliveries]))).toEqual(expected);
  });
  test('say all figures, also those of which there are none', () => {
    const [row] = rowsBy(pieces, 'pair');
    expect(Object.keys(row!.row).toSorted()).toEqual(
      [...Object.keys(Figures.shape), 'provider', 'consumer'].toSorted(),
    );
  });
  test('add up to the total', () => {
    const sum = rowsBy(pieces, 'provider').reduce((all, { row }) => all + row.deliveries, 0);
    expect(totalOf(pieces).deliveries).toBe(sum);
  });
  test('by rule are one for each rule and provider', () => {
    const at = (provider: string, rule: string) => ({ provider: department(provider), rule });
    const rows = narrowRows(
      [
        { month: '2026-11', place: at('quality', 'type'), figures: { violations: 2 } },
        { month: '2026-12', place: at('quality', 'type'), figures: { violations: 3, uploadsRefused: 1 } },
        { month: '2026-12', place: at('housing', 'type'), figures: { violations: 4 } },
      ],
      'rule',
    );
    expect(rows.map(({ row }) => row)).toEqual([
      { rule: 'type', provider: 'housing', violations: 4, uploadsRefused: 0 },
      { rule: 'type', provider: 'quality', violations: 5, uploadsRefused: 1 },
    ]);
  });

  test('by reason and by kind are one for each pair, also where a reason looks like several names', () => {
    const pair = { provider: department('quality'), consumer: department('tax') };
    const other = { provider: department('quality'), consumer: department('press') };
    const figures = { lookups: 2, keysLookedUp: 3, recordsShown: 1 };
    const reasons: Piece[] = [
      { month: '2026-11', place: { ...pair, reason: '送达|quality' }, figures },
      { month: '2026-12', place: { ...pair, reason: '送达|quality' }, figures },
      { month: '2026-12', place: { ...other, reason: '送达' }, figures },
      { month: '2026-12', place: pair, figures },
    ];
    expect(narrowRows(reasons, 'reason').map(({ row }) => row)).toEqual([
      { reason: '送达', ...other, ...figures },
      { reason: '送达|quality', ...pair, lookups: 4, keysLookedUp: 6, recordsShown: 2 },
    ]);
    const compared = { comparisons: 1, comparedRows: 9, comparisonHits: 4 };
    const kinds: Piece[] = [{ month: '2026-12', place: { ...pair, comparisonKind: 'verify' }, figures: compared }];
    expect(narrowRows(kinds, 'kind').map(({ row }) => row)).toEqual([{ kind: 'verify', ...pair, ...compared }]);
  });
});

describe('what was good for something', () => {
  const benefit: StoredBenefit = {
    agreementId: anId(1),
    resourceId: resource('legal-entities'),
    provider: department('quality'),
    consumer: department('tax'),
    period: '2026-12',
    casesSolved: 4,
    words: 'x',
    statedAt: instant,
    themes: ['economy', 'safety'],
  };
  test.each<[ReportBy, object[]]>([
    ['pair', [{ provider: 'quality', consumer: 'tax', resourceId: 'legal-entities' }]],
    ['month', [{ provider: 'quality', consumer: 'tax', resourceId: 'legal-entities' }]],
    ['theme', [{ theme: 'economy' }, { theme: 'safety' }]],
  ])('stands by %s with what was exchanged', (by, places) => {
    const found = benefitPieces(benefit, by);
    expect(found.map(({ place }) => place)).toEqual(places);
    expect(found.map(({ month, figures }) => [month, figures['casesSolved']])).toEqual(
      places.map(() => ['2026-12', 4]),
    );
  });
});

test.each<[ReportBy, string, string]>([
  ['pair', 'pair', 'cell'],
  ['month', 'month', 'cell'],
  ['theme', 'theme', 'theme'],
  ['rule', 'rule', 'rule'],
  ['reason', 'reason', 'reason'],
  ['kind', 'kind', 'kind'],
])('a report by %s adds up the hub’s %s and a department’s %s', (by, hub, own) => {
  expect([keptFor('hub', by), keptFor(department('tax'), by)]).toEqual([hub, own]);
});

describe('a period', () => {
  test.each([
    [{}, '2026-01', '2026-12', 12],
    [{ to: '2026-03' }, '2025-04', '2026-03', 12],
    [{ from: '2026-11' }, '2026-11', '2026-12', 2],
    [{ from: '2026-12', to: '2026-12' }, '2026-12', '2026-12', 1],
    [{ from: '2024-01', to: '2026-12' }, '2024-01', '2026-12', 36],
  ])('%j in December 2026 is from %s to %s', (query, from, to, length) => {
    const period = periodOf('2026-12', query);
    expect(period).toMatchObject({ ok: true, value: { from, to } });
    expect(period.ok && period.value.months).toHaveLength(length);
    expect(period.ok && [period.value.months[0], period.value.months.at(-1)]).toEqual([from, to]);
  });
  test.each([
    ['ends before it begins', { from: '2026-12', to: '2026-11' }],
    ['begins after the present month', { from: '2027-01' }],
    ['is too long', { from: '2023-12', to: '2026-12' }],
  ])('that %s is refused', (_, query) => {
    expect(periodOf('2026-12', query)).toMatchObject({ ok: false, refusal: { code: 'invalid-period' } });
  });
});
