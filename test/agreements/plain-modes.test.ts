import { describe, expect, test } from '@jest/globals';
import { differencesOf } from '../../functions/agreements/domain/terms/differences.ts';
import { odrlOf } from '../../functions/agreements/domain/terms/odrl.ts';
import { ComparisonTerms, LookupTerms, type Terms } from '../../schemas/contracts/terms.ts';
import { OdrlAgreement } from '../../schemas/contracts/views.ts';
import { anAgreement, comparisonTerms, lookupTerms } from '../support/builders.ts';
import { others, sentencesOf, textFor, whole, type Changes } from './plain-cases.ts';

const { content: _, format: __, frequency: ___, at: ____, ...shared } = whole;
const lookup = lookupTerms({ ...shared, keys: 2, watchKeys: 500 });
const comparison = comparisonTerms({
  ...shared,
  kinds: ['verify', 'link'],
  compare: ['capital', 'approved_on'],
  threshold: 0.9,
  watchKeys: 500,
});

/** Of each term of the mode alone another value, and the places whose words change. */
const ofLookups = {
  mode: undefined,
  key: [{ key: ['name'] }, ['/terms/key/0']],
  keys: [{ keys: 1 }, ['/terms/keys']],
  perDay: [{ perDay: 1001 }, ['/terms/perDay']],
  perUserPerDay: [{ perUserPerDay: 99 }, ['/terms/perUserPerDay']],
  reasons: [{ reasons: ['enforcement', 'inheritance'] }, ['/terms/reasons/1']],
  watchKeys: [{ watchKeys: 501 }, ['/terms/watchKeys']],
} satisfies Own<LookupTerms>;
const ofComparisons = {
  mode: undefined,
  kinds: [{ kinds: ['verify', 'except'] }, ['/terms/kinds/1']],
  key: [{ key: ['name'] }, ['/terms/key/0']],
  compare: [{ compare: ['approved_on', 'capital'] }, ['/terms/compare/0', '/terms/compare/1']],
  threshold: [{ threshold: 0.91 }, ['/terms/threshold']],
  minResult: [{ minResult: 3 }, ['/terms/minResult']],
  maxList: [{ maxList: 1 }, ['/terms/maxList']],
  runsPerDay: [{ runsPerDay: 1 }, ['/terms/runsPerDay']],
  approval: [{ approval: 'provider' }, ['/terms/approval']],
  watchKeys: [{ watchKeys: undefined }, ['/terms/watchKeys']],
} satisfies Own<ComparisonTerms>;
type Other = readonly [changes: object, places: readonly string[]] | undefined;
type Own<T extends Terms> = Readonly<Record<Exclude<keyof T, keyof Changes> | 'mode', Other>>;

type Case = readonly [term: string, before: Terms, after: Terms, places: readonly string[] | undefined];
const cases: readonly Case[] = (
  [
    [LookupTerms, lookup, ofLookups],
    [ComparisonTerms, comparison, ofComparisons],
  ] as const
).flatMap(([schema, before, own]) => {
  const changed = (changes: object): Terms => schema.parse({ ...before, ...changes });
  return [
    ...Object.entries<Other>(own).flatMap(([term, values]): Case[] =>
      values ? [[`${before.mode} ${term}`, before, changed(values[0]), values[1]]] : [],
    ),
    ...Object.entries(others)
      .filter(([term]) => term in schema.shape)
      .map(([term, changes]): Case => [`${before.mode} ${term}`, before, changed(changes), undefined]),
  ];
});

const agreementOf = (terms: Terms) => anAgreement({ state: 'active', terms });
const wordsOf = (terms: Terms, language: 'zh' | 'en') => sentencesOf(textFor(agreementOf(terms), language));

describe.each(['zh', 'en'] as const)('in %s, another value of one term changes its words alone:', (language) => {
  test.each(cases)('%s', (term, before, after, places) => {
    const [was, is] = [wordsOf(before, language), wordsOf(after, language)];
    const changed = [...new Set([...was.keys(), ...is.keys()])].filter((path) => was.get(path) !== is.get(path));
    if (places) return expect(changed.toSorted()).toEqual(places.toSorted());
    const name = term.split(' ').at(-1)!;
    expect(changed.length).toBeGreaterThan(0);
    for (const path of changed) expect(path.split('/')[2]).toBe(name);
  });
});

test.each(cases)('another value makes another policy: %s', (_term, before, after) => {
  const policyOf = (terms: Terms) => {
    const agreement = agreementOf(terms);
    return OdrlAgreement.parse(odrlOf(agreement, agreement.terms[0]!));
  };
  expect(policyOf(after)).not.toEqual(policyOf(before));
});

test.each(cases)('and another value is a difference at its place: %s', (term, before, after) => {
  const found = differencesOf({ resourceVersion: 1, terms: before }, { resourceVersion: 1, terms: after });
  expect(found.length).toBeGreaterThan(0);
  for (const { path } of found) expect(path.split('/')[2]).toBe(term.split(' ').at(-1));
  expect(
    differencesOf({ resourceVersion: 1, terms: after }, { resourceVersion: 1, terms: structuredClone(after) }),
  ).toEqual([]);
});

/** Every leaf of the terms as they are stored. */
function placesOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.map((_entry, i) => `${path}/${i}`);
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => placesOf(member, `${path}/${name}`));
}

describe.each([
  ['lookup', lookup],
  ['comparison', comparison],
] as const)('of terms of %s', (_mode, terms) => {
  test.each(['zh', 'en'] as const)('every term has one sentence that speaks of it, in %s', (language) => {
    const agreement = agreementOf(terms);
    const paths = textFor(agreement, language).sections.flatMap(({ sentences }) => sentences.map(({ path }) => path));
    for (const place of placesOf(terms, '/terms'))
      expect([place, paths.filter((path) => path === place).length]).toEqual([place, 1]);
    expect(new Set(paths).size).toBe(paths.length);
  });
  test.each(['active', 'suspended', 'expired'] as const)('nothing is said of deliveries while they are %s', (state) => {
    const text = textFor(anAgreement({ state, terms: { ...terms, filter: [] } }));
    const said = text.sections.flatMap(({ sentences }) => sentences.map(({ text: words }) => words)).join('\n');
    expect(said).not.toMatch(/each delivery|delivers nothing more|records are delivered/);
  });
});

test('a comparison that gives no field says so', () => {
  const bare = ComparisonTerms.parse({ ...comparison, fields: [], mask: {}, justification: undefined });
  expect(wordsOf(bare, 'zh').get('/terms/fields')).toBe('不提供任何信息项的内容。');
  expect(wordsOf(bare, 'en').get('/terms/fields')).toBe('No item of a record is given.');
});

test('what an officer signs of a lookup', () => {
  const text = textFor(agreementOf(lookup), 'zh').sections.find(({ id }) => id === 'delivery');
  expect(text?.sentences.map(({ text: words }) => words)).toEqual([
    '提供方式：查询，使用方逐件提出，平台只答复所查的记录。',
    '查询时须给出“组织机构代码”（org_code）。',
    '一次查询最多 2 条记录，须属同一案件，并写明案号。',
    '使用方每天最多查询 1000 条记录。',
    '每个用户每天最多查询 100 条记录。',
    '可以查询的事由之1：“enforcement”。',
    '使用方最多可同时监测 500 个主键，每天新登记的也不超过此数；对应记录变化时，平台只告知发生了变化，不提供内容。',
    '每次查询的人员、时间、案号和事由均留存记录；不符合约定条件的记录，与不存在的记录答复相同。',
  ]);
});

test('what an officer signs of a comparison', () => {
  const text = textFor(agreementOf(comparison), 'en').sections.find(({ id }) => id === 'delivery');
  expect(text?.sentences.map(({ text: words }) => words)).toEqual([
    'By comparison: the consumer sends a list, the hub compares it with the resource and delivers the result.',
    'Verify: of each row of the list it is told whether it agrees with its record, differs from it, or has none, and in which items it differs.',
    'Link: it is told which records resemble a row, by names and addresses, and how much.',
    'Rows find their record by “Organisation code” (org_code).',
    'It is compared whether “capital” agrees.',
    'It is compared whether “核准日期” (approved_on) agrees.',
    'Link tells of records that score 0.9 at least, of 1 at most.',
    'A list has 1000000 rows at most.',
    'The consumer has 10 comparisons a day at most.',
    'A result with fewer than 1 match is not told.',
    'A comparison starts without being approved.',
    'The consumer has 500 keys watched at once at most, and lodges no more a day; when a record of theirs changes it is told that it did, and nothing of it.',
  ]);
});
