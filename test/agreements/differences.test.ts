import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { digestOf } from '../../functions/kernel/digest.ts';
import { differencesOf } from '../../functions/agreements/domain/terms/differences.ts';
import type { Condition } from '../../schemas/contracts/terms.ts';
import { terms } from '../support/builders.ts';

type Changes = NonNullable<Parameters<typeof terms>[0]>;
const version = (changes: Changes = {}, resourceVersion = 1) => ({ resourceVersion, terms: terms(changes) });
const between = (before: Changes, after: Changes) => differencesOf(version(before), version(after));

const beijing: Condition = { field: 'division', op: 'prefix', value: '1101' };
const xicheng: Condition = { field: 'division', op: 'prefix', value: '110102' };
const large: Condition = { field: 'capital', op: 'min', value: 1000 };
const either = (...value: string[]): Condition => ({ field: 'name', op: 'in', value });

describe('two terms versions differ', () => {
  test.each<[string, Changes, Changes, ReturnType<typeof differencesOf>]>([
    ['in nothing', {}, {}, []],
    [
      'by a field that came',
      { fields: ['a'] },
      { fields: ['b', 'a'] },
      [{ path: '/terms/fields/0', kind: 'added', to: 'b' }],
    ],
    [
      'by a field that went',
      { fields: ['a', 'b'] },
      { fields: ['a'] },
      [{ path: '/terms/fields/1', kind: 'removed', from: 'b' }],
    ],
    [
      'by the order of their fields alone',
      { fields: ['a', 'b', 'c'] },
      { fields: ['c', 'a', 'b'] },
      [{ path: '/terms/fields', kind: 'reordered', from: ['a', 'b', 'c'], to: ['c', 'a', 'b'] }],
    ],
    [
      'by members and order of their fields',
      { fields: ['a', 'b', 'c'] },
      { fields: ['c', 'd', 'a'] },
      [
        { path: '/terms/fields/1', kind: 'removed', from: 'b' },
        { path: '/terms/fields/1', kind: 'added', to: 'd' },
        { path: '/terms/fields', kind: 'reordered', from: ['a', 'c'], to: ['c', 'a'] },
      ],
    ],
    [
      'by the value of a condition',
      { filter: [large, xicheng] },
      { filter: [beijing, large] },
      [
        { path: '/terms/filter/0/value', kind: 'changed', from: '110102', to: '1101' },
        { path: '/terms/filter', kind: 'reordered', from: [large, xicheng], to: [beijing, large] },
      ],
    ],
    [
      'by a condition that came, another that went',
      { filter: [beijing] },
      { filter: [large] },
      [
        { path: '/terms/filter/0', kind: 'removed', from: beijing },
        { path: '/terms/filter/0', kind: 'added', to: large },
      ],
    ],
    [
      'by the order of their conditions alone',
      { filter: [beijing, large] },
      { filter: [large, beijing] },
      [{ path: '/terms/filter', kind: 'reordered', from: [beijing, large], to: [large, beijing] }],
    ],
    [
      'by the order of the alternatives of a condition alone',
      { filter: [either('a', 'b')] },
      { filter: [either('b', 'a', 'a')] },
      [{ path: '/terms/filter/0/value', kind: 'reordered', from: ['a', 'b'], to: ['b', 'a', 'a'] }],
    ],
    [
      'by a mask, whatever name its field has',
      { mask: { 'a/b': 'hide' } },
      { mask: { 'a/b': 'last4', '~': 'hide' } },
      [
        { path: '/terms/mask/a~1b', kind: 'changed', from: 'hide', to: 'last4' },
        { path: '/terms/mask/~0', kind: 'added', to: 'hide' },
      ],
    ],
    [
      'by a justification',
      {},
      { justification: { id: 'needed' } },
      [{ path: '/terms/justification', kind: 'added', to: { id: 'needed' } }],
    ],
    [
      'by what they state',
      {},
      { purpose: 'audits', frequency: 'daily', at: '03:30', format: 'ndjson', validTo: '2028-11-30' },
      [
        { path: '/terms/format', kind: 'changed', from: 'csv', to: 'ndjson' },
        { path: '/terms/frequency', kind: 'changed', from: 'on-arrival', to: 'daily' },
        { path: '/terms/at', kind: 'changed', from: '02:00', to: '03:30' },
        { path: '/terms/purpose', kind: 'changed', from: 'tax registration', to: 'audits' },
        { path: '/terms/validTo', kind: 'changed', from: '2027-11-30', to: '2028-11-30' },
      ],
    ],
    [
      'by their duties',
      {},
      { duties: { use: 'audits only', disposal: { retainDays: 30 } } },
      [
        { path: '/terms/duties/use', kind: 'changed', from: '', to: 'audits only' },
        { path: '/terms/duties/disposal/retainDays', kind: 'changed', from: 365, to: 30 },
      ],
    ],
  ])('%s', (_, before, after, differences) => {
    expect(between(before, after)).toEqual(differences);
  });

  test('by the resource version that they speak of', () => {
    expect(differencesOf(version(), version({}, 2))).toEqual([
      { path: '/resourceVersion', kind: 'changed', from: 1, to: 2 },
    ]);
  });
});

const name = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'a/b');
const someTerms = fc
  .record({
    fields: fc.uniqueArray(name, { minLength: 1 }),
    filter: fc.array(
      fc.oneof(
        fc.record({ field: name, op: fc.constant('prefix' as const), value: fc.constantFrom('1', '2') }),
        fc.record({
          field: name,
          op: fc.constant('in' as const),
          value: fc.array(fc.constantFrom('1', '2', 1), { minLength: 1, maxLength: 3 }),
        }),
      ),
      { maxLength: 4 },
    ),
    mask: fc.dictionary(fc.constantFrom('a', 'b', 'a/b'), fc.constantFrom('hide' as const, 'last4' as const)),
    justification: fc.option(fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y')), { nil: undefined }),
    purpose: fc.constantFrom('p', 'q'),
    duties: fc.record({ use: fc.constantFrom('', 'u') }),
  })
  .map((changes) => version(changes));

test('none is told exactly where the terms, and with them the digest, are the same', () => {
  fc.assert(
    fc.property(someTerms, someTerms, (before, after) => {
      const same = digestOf(before) === digestOf(after);
      expect(differencesOf(before, after).length === 0).toBe(same);
    }),
  );
});
test('no difference is told twice, and each says what was and what is', () => {
  fc.assert(
    fc.property(someTerms, someTerms, (before, after) => {
      const told = differencesOf(before, after);
      expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(told.length);
      for (const { kind, from, to } of told) {
        expect(from === undefined).toBe(kind === 'added');
        expect(to === undefined).toBe(kind === 'removed');
      }
    }),
  );
});
