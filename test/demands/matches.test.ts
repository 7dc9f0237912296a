import { describe, expect, test } from '@jest/globals';
import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { foundFields, wantedOf } from '../../functions/demands/domain/found-fields.ts';
import { fieldsProfile, profileOf } from '../../functions/demands/domain/profile.ts';
import { proposeMatches } from '../../functions/demands/domain/propose-matches.ts';
import { likeness, wordsOf } from '../../functions/demands/domain/words.ts';
import { aDefinition, aResourceVersion, department, resource } from '../support/builders.ts';
import { aDemand, themeId } from './a-demand.ts';

describe('the words of a text', () => {
  test.each([
    ['法人单位', ['法人', '人单', '单位']],
    ['避难', ['避难']],
    ['村', ['村']],
    ['orgCode org_code', ['org', 'code']],
    ['ＧＢ 11714代码', ['gb', '11714', '代码']],
    ['Legal entities, 2026', ['legal', 'entities', '2026']],
    ['，。 -', []],
  ])('%s', (text, words) => {
    expect([...wordsOf(text)]).toEqual(words);
  });
  test('are alike by what they share', () => {
    expect(likeness(wordsOf('机构名称'), wordsOf('机构名称'))).toBe(1);
    expect(likeness(wordsOf('机构名称'), wordsOf('单位名称'))).toBeCloseTo(1 / 3);
    expect(likeness(wordsOf('机构'), wordsOf('电话'))).toBe(0);
    expect(likeness(new Set(), new Set())).toBe(0);
  });
});

const fields = (...given: readonly object[]): ResourceDefinition['schema']['fields'] =>
  aDefinition({ schema: { fields: given as never } }).schema.fields;

describe('a field that is asked for', () => {
  const there = fieldsProfile(
    fields(
      { name: 'org_code', title: '组织机构代码' },
      { name: 'name', title: '机构名称' },
      { name: 'addr', title: '详细注册地址' },
    ),
  );
  test.each([
    ['by its name', { name: 'ORG_CODE' }, 'org_code', 'name'],
    ['by its title, given as the name', { name: '机构名称' }, 'name', 'title'],
    ['by its title', { name: 'x', title: '组织机构代码' }, 'org_code', 'title'],
    ['by the likeness of its title', { name: '注册地址' }, 'addr', 'likeness'],
  ])('is found %s', (_, wanted, field, by) => {
    expect(foundFields([wantedOf(wanted)], there)).toEqual([{ wanted: wanted.name, field, by }]);
  });
  test('is not found where titles share only a little', () => {
    expect(foundFields([wantedOf({ name: '机构电话' })], there)).toEqual([]);
  });
  test('is not found twice', () => {
    const wanted = [{ name: 'name' }, { name: '机构名称' }].map(wantedOf);
    expect(foundFields(wanted, there)).toEqual([{ wanted: 'name', field: 'name', by: 'name' }]);
  });
});

const entry = (id: string, provider: string, changes: object) =>
  profileOf(
    aResourceVersion({
      resourceId: resource(id),
      definition: aDefinition({ provider, titleEn: undefined, description: '', themes: [], ...changes }),
    }),
  );

const catalog = [
  entry('legal-entities', 'quality', { title: '法人单位基础信息', themes: [themeId] }),
  entry('shelters', 'civil-affairs', {
    title: '应急场所基础信息',
    schema: {
      fields: [
        { name: 'kind', constraints: { enum: ['避难场所', '物资仓库', '01'] } },
        { name: 'address', title: '地址' },
      ],
    },
  }),
  entry('trees', 'landscaping', {
    title: '古树名木基础信息',
    schema: { fields: [{ name: 'species', title: '树种' }] },
  }),
  entry('secret-firms', 'public-security', { title: '法人单位', shareType: 'refused', legalBasis: '保密法' }),
];
const proposed = (changes: Parameters<typeof aDemand>[0], limit = 10) =>
  proposeMatches(aDemand(changes), catalog, limit);

describe('what the catalog has for a demand', () => {
  test('comes with the reasons: words, fields, theme, provider asked', () => {
    const [first, ...others] = proposed({});
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      resourceId: 'legal-entities',
      provider: 'quality',
      reasons: [
        { kind: 'words', words: expect.arrayContaining(['法人', '单位']) },
        {
          kind: 'fields',
          found: [
            { wanted: 'org_code', field: 'org_code', by: 'name' },
            { wanted: '机构名称', field: 'name', by: 'title' },
          ],
          missing: [],
        },
        { kind: 'theme', themeId },
        { kind: 'asked', provider: 'quality' },
      ],
    });
    expect(first!.score).toBe(0.95);
  });
  test('is found by a value of a code list that the demand speaks of', () => {
    const found = proposed({ title: '避难场所', fields: [], from: [] });
    expect(found.map(({ resourceId }) => resourceId)).toEqual(['shelters']);
    expect(found[0]!.reasons).toContainEqual({ kind: 'codes', field: 'kind', values: ['避难场所'] });
  });
  test('is not found by words that nearly every entry has', () => {
    const others = Array.from({ length: 20 }, (_, i) => entry(`r-${i}`, 'quality', { title: `第${i}类基础信息` }));
    const demand = aDemand({ title: '桥梁基础信息', fields: [], from: [] });
    expect(proposeMatches(demand, [...catalog, ...others], 10)).toEqual([]);
  });
  test('is found by half of the fields where the words say nothing', () => {
    const found = proposed({ title: '企业', fields: [{ name: 'org_code' }, { name: 'shareholders' }], from: [] });
    expect(found.map(({ resourceId }) => resourceId)).toEqual(['legal-entities']);
    expect(found[0]!.reasons).toContainEqual({
      kind: 'fields',
      found: [{ wanted: 'org_code', field: 'org_code', by: 'name' }],
      missing: ['shareholders'],
    });
  });
  test('holds neither what the demander provides itself nor what is not shared', () => {
    expect(proposed({ demander: department('quality'), fields: [], from: [] })).toEqual([]);
  });
  test('is nothing in an empty catalog', () => {
    expect(proposeMatches(aDemand(), [], 10)).toEqual([]);
  });
  test('is in order of likelihood and no longer than asked for', () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      entry(`r-${String(i).padStart(2, '0')}`, 'quality', { title: i % 3 === 0 ? '法人单位' : '法人单' }),
    );
    const others = Array.from({ length: 60 }, (_, i) => entry(`t-${i}`, 'landscaping', { title: '古树名木' }));
    const found = proposeMatches(aDemand({ fields: [] }), [...many, ...others], 20);
    expect(found).toHaveLength(20);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
    expect(found.slice(0, 3).map(({ resourceId }) => resourceId)).toEqual(['r-00', 'r-03', 'r-06']);
  });
});
