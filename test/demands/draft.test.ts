import { describe, expect, test } from '@jest/globals';
import { Terms } from '../../schemas/contracts/terms.ts';
import { draftTerms, type Draft } from '../../functions/demands/domain/draft.ts';
import { aDefinition, terms } from '../support/builders.ts';
import { aDemand } from './a-demand.ts';

const drafted = (changes: Partial<Draft> = {}) =>
  draftTerms({
    demand: aDemand({ state: 'matched' }),
    definition: aDefinition(),
    precedents: [],
    changes: {},
    today: '2026-12-01',
    ...changes,
  });
const termsOf = (changes: Partial<Draft> = {}): Terms => {
  const outcome = drafted(changes);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.value;
};

test('a draft is complete: fields of the demand, what it says, one year, and the duties of the entry', () => {
  const draft = termsOf();
  expect(draft).toEqual({
    fields: ['org_code', 'name'],
    filter: [],
    mask: {},
    mode: 'delivery',
    content: 'snapshot',
    format: 'csv',
    frequency: 'daily',
    at: '02:00',
    purpose: '危险源周边单位通知',
    legalBasis: '突发事件应对法 第三十三条',
    validFrom: '2026-12-01',
    validTo: '2027-11-30',
    duties: {
      provision: '按目录更新周期（daily）提供。',
      use: '仅用于：危险源周边单位通知',
      disposal: { retainDays: 365 },
      security: '',
    },
  });
  expect(Terms.parse(draft)).toEqual(draft);
});

test.each([
  ['2026-12-01', '2027-11-30'],
  ['2028-02-29', '2029-02-27'],
  ['2027-03-01', '2028-02-29'],
])('one year from %s ends on %s', (today, validTo) => {
  expect(termsOf({ today })).toMatchObject({ validFrom: today, validTo });
});

describe('the fields of a draft', () => {
  const sensitive = aDefinition({
    schema: {
      fields: [
        { name: 'id', sensitivity: 'sensitive' },
        { name: 'phone', sensitivity: 'personal' },
        { name: 'name', sensitivity: 'public' },
        { name: 'note', shareType: 'refused' },
      ],
    } as never,
  });
  test('are what is about nobody where none was named', () => {
    expect(termsOf({ demand: aDemand({ fields: [] }), definition: sensitive }).fields).toEqual(['name']);
  });
  test('are masked where they are sensitive, and secured where they are about people', () => {
    const draft = termsOf({ demand: aDemand({ fields: [{ name: 'id' }, { name: 'phone' }] }), definition: sensitive });
    expect(draft).toMatchObject({ fields: ['id', 'phone'], mask: { id: 'last4' } });
    expect(draft.duties.security).not.toBe('');
  });
  test('never hold one that is not shared', () => {
    expect(
      termsOf({ demand: aDemand({ fields: [{ name: 'note' }, { name: 'name' }] }), definition: sensitive }).fields,
    ).toEqual(['name']);
  });
});

test('the condition of sharing becomes the duty of use', () => {
  const definition = aDefinition({ shareType: 'conditional', shareCondition: '仅限应急处置' });
  expect(termsOf({ definition }).duties.use).toBe('仅限应急处置');
});

describe('what others agreed on', () => {
  const days = (...retained: readonly number[]) =>
    retained.map((retainDays) => terms({ duties: { disposal: { retainDays } } }));
  test('gives the usual retention, where it is that of several', () => {
    expect(termsOf({ precedents: days(30, 90, 3650) }).duties.disposal).toEqual({ retainDays: 90 });
  });
  test('does not show through where there are few', () => {
    expect(termsOf({ precedents: days(30, 30) }).duties.disposal).toEqual({ retainDays: 365 });
  });
});

describe('what the demander says otherwise', () => {
  test('stands in place of what is drafted', () => {
    const changes = { fields: ['division'], filter: [{ field: 'division', op: 'prefix' as const, value: '110102' }] };
    expect(termsOf({ changes })).toMatchObject({ ...changes, frequency: 'daily' });
  });
  test('is refused where the resource has no such thing', () => {
    expect(drafted({ changes: { fields: ['no_such'] } })).toMatchObject({
      refusal: { code: 'invalid-terms', violations: [{ path: '/terms/fields/0', rule: 'unknown-field' }] },
    });
  });
});

test('a demand for lookups is not drafted as a delivery unasked', () => {
  const demand = aDemand({ mode: 'lookup' });
  expect(drafted({ demand })).toMatchObject({ refusal: { violations: [{ path: '/terms/mode' }] } });
  expect(drafted({ demand, changes: { mode: 'delivery' } }).ok).toBe(true);
});
