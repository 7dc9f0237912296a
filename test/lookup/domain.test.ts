import { describe, expect, test } from '@jest/globals';
import { quotaOn } from '../../functions/kernel/quota.ts';
import { ofMode, usedUnder } from '../../functions/reading/used-under.ts';
import { askedKeys } from '../../functions/lookup/domain/asked.ts';
import { isOddHour } from '../../functions/lookup/domain/hours.ts';
import { neighboursOf, stemOf } from '../../functions/lookup/domain/neighbours.ts';
import { lookedUp, refusedOnce, shownDay, signsOf } from '../../functions/lookup/domain/officer-day.ts';
import { partsOf, takeFrom } from '../../functions/lookup/domain/quota.ts';
import { shownLookup } from '../../functions/lookup/domain/shown.ts';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import { aDefinition, anAgreement, anId, department, lookupTerms } from '../support/builders.ts';
import { aLookup, anOfficerDay } from './a-lookup.ts';

describe('who may look up', () => {
  const terms = lookupTerms() as never;
  const active = anAgreement({ state: 'active', terms });
  const by = (id: string, ...roles: ('department' | 'authority' | 'auditor')[]) => ({
    department: department(id),
    roles: ['department', ...roles] as const,
  });
  test.each([
    ['its consumer', active, by('tax'), 'yes'],
    ['its provider', active, by('quality'), 'not-the-consumer'],
    ['the authority', active, by('eitc', 'authority'), 'not-the-consumer'],
    ['an auditor', active, by('auditor', 'auditor'), 'not-the-consumer'],
    ['a stranger', active, by('press'), 'not-found'],
    ['of nothing', undefined, by('tax'), 'not-found'],
    ['under deliveries', anAgreement({ state: 'active' }), by('tax'), 'other-mode'],
    ['before the filing', anAgreement({ state: 'signed', terms }), by('tax'), 'agreement-not-active'],
    ['while it is suspended', anAgreement({ state: 'suspended', terms }), by('tax'), 'agreement-not-active'],
    ['after its end', anAgreement({ state: 'expired', terms }), by('tax'), 'agreement-not-active'],
  ])('%s: %#', (_who, agreement, officer, expected) => {
    const outcome = usedUnder(agreement, officer, '2026-12-01', ofMode('lookup'));
    expect(outcome.ok ? 'yes' : outcome.refusal.code).toBe(expected);
  });
  test.each([
    ['2025-12-31', false],
    ['2026-01-01', true],
    ['2027-11-30', true],
    ['2027-12-01', false],
  ])('on %s: %s', (today, may) => expect(usedUnder(active, by('tax'), today, ofMode('lookup')).ok).toBe(may));
});

describe('a key', () => {
  const schema: TableSchema = aDefinition({
    schema: {
      primaryKey: ['year', 'number'],
      missingValues: ['', 'n/a'],
      fields: [
        { name: 'year', type: 'integer' },
        { name: 'number', type: 'string' },
      ],
    },
  }).schema;
  const terms = lookupTerms({ key: ['year', 'number'], reasons: ['enforcement'], keys: 3 });
  const ask = (...keys: Readonly<Record<string, string>>[]) =>
    askedKeys({ agreementId: anId(1), keys, caseNumber: '1', reason: 'enforcement' }, terms, schema);
  test('is the same by its values, however they are written', () => {
    const orderedOf = (year: string, number: string) => {
      const asked = ask({ number, year });
      return asked.ok ? asked.value[0]!.ordered : asked.refusal;
    };
    expect(orderedOf('2026', 'a')).toBe(orderedOf('+002026', 'a'));
    expect(orderedOf('2026', 'a')).not.toBe(orderedOf('2026', 'A'));
  });
  test.each<[string, Readonly<Record<string, string>>[], string[]]>([
    ['one part missing', [{ year: '2026' }], ['/keys/0 key']],
    ['one part too many', [{ year: '2026', number: '1', x: '1' }], ['/keys/0 key']],
    ['a name that every object has', [{ year: '2026', constructor: '1' }], ['/keys/0 key']],
    [
      'of another type',
      [
        { year: '2026', number: '1' },
        { year: 'x', number: '1' },
      ],
      ['/keys/1/year type'],
    ],
    ['missing values', [{ year: 'n/a', number: '' }], ['/keys/0/year required', '/keys/0/number required']],
    [
      'asked about twice',
      [
        { year: '7', number: '1' },
        { year: '007', number: '1' },
      ],
      ['/keys/1 repeated'],
    ],
  ])('with %s is refused by field and rule', (_what, keys, expected) => {
    const asked = ask(...keys);
    expect(asked.ok ? [] : asked.refusal.violations!.map(({ path, rule }) => `${path} ${rule}`)).toEqual(expected);
  });
});

describe('neighbours', () => {
  const schema: TableSchema = aDefinition({
    schema: {
      primaryKey: ['division', 'id_no'],
      fields: [
        { name: 'division', type: 'string' },
        { name: 'id_no', type: 'string', check: 'gb11643' },
        { name: 'code', type: 'string' },
      ],
    },
  }).schema;
  const stem = (key: Readonly<Record<string, string>>, fields: readonly string[]) =>
    stemOf((field) => key[field] ?? '', fields, schema);
  test.each([
    // Two numbers of one day and division, and their check characters.
    ['11010519491231002X', '110105194912310038', true],
    ['11010519491231002X', '110105194912310046', true],
    ['11010519491231002X', '110105194912310100', false],
    ['11010519491231002X', '110105194912320020', false],
    ['11010519491231002X', '11010519491231002X', false],
  ])('of the identity numbers %s and %s: %s', (one, other, near) => {
    const [a, b] = [one, other].map((id_no) => stem({ division: '110105', id_no }, ['division', 'id_no']));
    expect(neighboursOf(a!).includes(b!)).toBe(near);
    expect(neighboursOf(b!).includes(a!)).toBe(near);
  });
  test.each([
    ['A009', 'A010', true],
    ['A999', 'B000', false],
    ['A1', 'A01', false],
    ['abc', 'abd', false],
    ['12345678901234567890', '12345678901234567891', true],
    ['0', '1', true],
  ])('of the codes %s and %s: %s', (one, other, near) => {
    const [a, b] = [one, other].map((code) => stem({ code }, ['code']));
    expect(neighboursOf(a!).includes(b!)).toBe(near);
  });
  test('of organisation codes, with their hyphen or without', () => {
    const { schema: firms } = aDefinition();
    const of = (org_code: string) => stemOf(() => org_code, ['org_code'], firms);
    expect(neighboursOf(of('00251805-7'))).toContain(of('002518065'));
  });
  test('of composite keys are those with the same other parts', () => {
    const of = (division: string, id_no: string) => stem({ division, id_no }, ['division', 'id_no']);
    expect(neighboursOf(of('1', '11010519491231002X'))).not.toContain(of('2', '110105194912310038'));
  });
});

describe('an officer’s day', () => {
  const after = (looked: readonly { found?: boolean; stem: string; near?: string[] }[], isOdd = false) =>
    looked.reduce(
      (day, { found = true, stem, near = [] }) =>
        lookedUp(day, [{ found, stem, neighbours: near }], { at: '2026-12-01T02:00:00.000Z', isOdd }),
      anOfficerDay(),
    );
  test('counts keys that stand beside one of the last ones, in whatever order', () => {
    expect(
      after([{ stem: 'a' }, { stem: 'b', near: ['a'] }, { stem: 'x' }, { stem: 'c', near: ['b', 'd'] }]).consecutive,
    ).toBe(2);
    const others = Array.from({ length: 16 }, (_, i) => ({ stem: `o${i}` }));
    expect(after([{ stem: 'a' }, ...others, { stem: 'b', near: ['a'] }]).consecutive).toBe(0);
  });
  test('counts several keys of one call, each behind the other', () => {
    const looked = ['a', 'b', 'c'].map((stem, i, all) => ({ found: false, stem, neighbours: all.slice(i - 1, i) }));
    const day = lookedUp(anOfficerDay(), looked, { at: '2026-12-01T02:00:00.000Z', isOdd: true });
    expect(day).toMatchObject({ lookups: 1, keys: 3, misses: 3, longestMissRun: 3, consecutive: 2, oddHours: 1 });
  });
  test('a miss run ends with a hit, and the longest is kept', () => {
    const misses = (n: number) => Array.from({ length: n }, (_, i) => ({ found: false, stem: `m${i}` }));
    expect(after([...misses(4), { stem: 'h' }, ...misses(2)])).toMatchObject({
      missRun: 2,
      longestMissRun: 4,
      misses: 6,
    });
  });
  test('has signs from a number of them on, and any of the others', () => {
    expect(signsOf(anOfficerDay({ consecutive: 2, longestMissRun: 4 }))).toEqual([]);
    const all = anOfficerDay({ consecutive: 3, longestMissRun: 5, oddHours: 1, refused: 1 });
    expect(signsOf(all)).toEqual(['consecutive', 'misses', 'odd-hours', 'over-quota']);
    expect(signsOf(refusedOnce(anOfficerDay(), '2026-12-01T02:00:00.000Z'))).toEqual(['over-quota']);
  });
  test('is shown without digests, and with the name for overseers only', () => {
    const day = anOfficerDay({ recent: ['digest'] });
    expect(JSON.stringify([shownDay(day, true), shownDay(day, false)])).not.toContain('digest');
    expect([shownDay(day, true).officer, shownDay(day, false).officer]).toEqual(['li.wei', undefined]);
  });
});

test.each([
  ['2026-12-01T01:00:00.000Z', false, 'a Tuesday, 9:00'],
  ['2026-11-30T22:59:59.999Z', true, '6:59'],
  ['2026-11-30T23:00:00.000Z', false, '7:00'],
  ['2026-12-01T11:59:59.999Z', false, '19:59'],
  ['2026-12-01T12:00:00.000Z', true, '20:00'],
  ['2026-12-05T02:00:00.000Z', true, 'a Saturday'],
  ['2026-10-01T02:00:00.000Z', true, 'a holiday'],
])('at %s it is an odd hour: %s (%s)', (at, odd) => expect(isOddHour(at, 'Asia/Shanghai')).toBe(odd));

describe('a quota in parts', () => {
  const limitsOf = (limit: number) =>
    partsOf(quotaOn('lookups', limit, 'Asia/Shanghai', '2026-12-01T01:00:00.000Z')).map((part) => part.limit);
  test.each([1, 999, 1000, 1001, 5000, 15_999, 16_000, 16_001, 100_000, 1_000_000])('adds up: %d', (limit) => {
    const limits = limitsOf(limit);
    expect(limits.reduce((sum, part) => sum + part, 0)).toBe(limit);
    expect(limits.length).toBe(Math.min(16, Math.ceil(limit / 1000)));
  });
  test('under other terms on the same day allows no more than the higher of both', () => {
    for (const [before, after] of [
      [16_000, 900],
      [900, 16_000],
      [100_000, 5000],
      [5000, 1_000_000],
      [15_999, 16_001],
      [16_017, 16_031],
    ] as const) {
      const [a, b] = [limitsOf(before), limitsOf(after)];
      const most = Array.from({ length: 16 }, (_, i) => Math.max(a[i] ?? 0, b[i] ?? 0)).reduce(
        (sum, part) => sum + part,
        0,
      );
      expect(most).toBe(Math.max(before, after));
    }
  });
  const part = (i: number, used: number) => ({ quota: { of: `p${i}`, day: '2026-12-01', limit: 10 }, used });
  test.each<[string, number[], number, number, string[] | undefined]>([
    ['one that has room', [0, 0, 0], 3, 1, ['p1 3']],
    ['the next, where it has none', [0, 10, 0], 3, 1, ['p2 3']],
    ['several, where none has enough', [9, 9, 8], 4, 2, ['p2 2', 'p0 1', 'p1 1']],
    ['the last of all', [9, 9, 8], 4, 0, ['p0 1', 'p1 1', 'p2 2']],
    ['none, where all together have too little', [9, 9, 9], 4, 0, undefined],
    ['none of one that has more used than it allows', [11, 10, 10], 1, 0, undefined],
  ])('takes from %s', (_which, used, amount, start, expected) => {
    const shares = takeFrom(
      used.map((each, i) => part(i, each)),
      amount,
      start,
    );
    expect(shares?.map((share) => `${share.quota.of} ${share.amount}`)).toEqual(expected);
  });
});

test.each([
  ['tax', [], true],
  ['quality', [], false],
  ['eitc', ['authority'], true],
  ['auditor', ['auditor'], true],
] as const)('a lookup as %s sees it has officer and case: %s %s', (id, roles, sees) => {
  const shown = shownLookup(aLookup(), { department: department(id), roles: ['department', ...roles] });
  expect(['officer' in shown, 'caseNumber' in shown]).toEqual([sees, sees]);
  expect(JSON.stringify(shown)).not.toContain('lookedUp');
});
