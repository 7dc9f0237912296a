import { expect, test } from '@jest/globals';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import { similarTo } from '../../functions/catalog/domain/similar.ts';
import type { CatalogEntry } from '../../functions/catalog/ports.ts';
import { aDefinition, aResourceVersion, instant, resource } from '../support/builders.ts';

type Definition = Parameters<typeof aDefinition>[0];
const fields = (...names: readonly string[]) => ({ fields: names.map((name) => ({ name })) });
const entry = (id: string, definition: Definition): CatalogEntry => ({
  ...entryOf(aResourceVersion({ resourceId: resource(id), definition: aDefinition(definition) })),
  changedIn: 1,
});
const own = entry('own', { title: '企业登记信息', schema: fields('code', 'name', 'address', 'capital') });
const likeness = (other: CatalogEntry) => similarTo(own, [own, other]).map(({ reason, score }) => [reason, score]);

test.each<[string, Definition, unknown[]]>([
  [
    'the same fields under another title',
    { title: '法人', schema: fields('code', 'name', 'address', 'capital') },
    [['fields', 0.5]],
  ],
  ['names in another case', { title: '法人', schema: fields('CODE', 'Name', 'address', 'capital') }, [['fields', 0.5]]],
  [
    'four of five fields',
    { title: '法人', schema: fields('code', 'name', 'address', 'capital', 'x') },
    [['fields', 0.4]],
  ],
  ['three of five fields', { title: '法人', schema: fields('code', 'name', 'address', 'x') }, [['fields', 0.3]]],
  ['half of the fields', { title: '法人', schema: fields('code', 'name', 'x', 'y') }, []],
  ['the same title with other fields', { title: '企业登记信息', schema: fields('a', 'b', 'c') }, [['title', 0.5]]],
  ['nearly the same title', { title: '企业登记信息（新）', schema: fields('a', 'b', 'c') }, [['title', 0.42]]],
  ['a title that begins alike', { title: '企业年报', schema: fields('a', 'b', 'c') }, []],
  ['both', { title: '企业登记信息', schema: fields('code', 'name', 'address', 'capital') }, [['fields-and-title', 1]]],
])('%s', (_, definition, expected) => {
  expect(likeness(entry('other', definition))).toEqual(expected);
});

test('two fields that everybody has say nothing', () => {
  const small = entry('small', { title: '甲', schema: fields('code', 'name') });
  const other = entry('other', { title: '乙', schema: fields('code', 'name') });
  expect(similarTo(small, [other])).toEqual([]);
});

test('fields are alike by their titles, too', () => {
  const titled = (id: string, title: string, ...names: string[]) =>
    entry(id, { title, schema: { fields: names.map((name, i) => ({ name, title: ['编码', '名称', '地址'][i]! })) } });
  expect(similarTo(titled('a', '甲', 'a', 'b', 'c'), [titled('b', '乙', 'x', 'y', 'z')])).toMatchObject([
    { reason: 'fields', score: 0.5 },
  ]);
});

test('what is retired is not pointed out, nor is the resource itself', () => {
  const { summary, ...rest } = entry('old', { title: '企业登记信息' });
  expect(similarTo(own, [own, { ...rest, summary: { ...summary, retiredAt: instant } }])).toEqual([]);
});

test('the five that are most alike come, the best first', () => {
  const others = Array.from({ length: 9 }, (_, index) =>
    entry(`other-${index}`, {
      title: `第${index}`,
      schema: fields('code', 'name', 'address', 'capital', ...(index > 2 ? ['x'] : [])),
    }),
  );
  expect(similarTo(own, others).map(({ resourceId, score }) => [resourceId, score])).toEqual([
    ['other-0', 0.5],
    ['other-1', 0.5],
    ['other-2', 0.5],
    ['other-3', 0.4],
    ['other-4', 0.4],
  ]);
});

test('of many with the same fields the one that is called nearly the same comes first', () => {
  const same = ['code', 'name', 'address', 'capital'] as const;
  const others = Array.from({ length: 5 }, (_, index) =>
    entry(`a${index}`, { title: `第${index}`, schema: fields(...same) }),
  );
  const nearest = entry('z-nearest', { title: '企业登记信息（新）', schema: fields(...same) });
  expect(similarTo(own, [...others, nearest]).map(({ resourceId }) => resourceId)).toEqual([
    'z-nearest',
    'a0',
    'a1',
    'a2',
    'a3',
  ]);
});

test('what has more in common never stands behind what has less', () => {
  const characters = '企业登记信息'.split('');
  const counts = [0, 1, 2, 3, 4, 5, 6];
  /** Titles are compared by what stands side by side in them. */
  const pairsOf = (alike: number) => Math.max(0, alike - 1);
  /** Of so many characters of the title and so many of the fields, the rest its own. */
  const alike = (id: string, title: number, names: number) =>
    entry(id, {
      title: characters.map((character, at) => (at < title ? character : `${id.charCodeAt(0)}${at}`)).join(''),
      schema: fields(
        ...['code', 'name', 'address', 'capital', 'e', 'f'].map((name, at) => (at < names ? name : `${id}${at}`)),
      ),
    });
  const six = entry('own', { title: '企业登记信息', schema: fields('code', 'name', 'address', 'capital', 'e', 'f') });
  for (const title of counts)
    for (const names of counts)
      for (const moreTitle of counts.slice(title))
        for (const moreNames of counts.slice(names)) {
          if (pairsOf(title) === pairsOf(moreTitle) && names === moreNames) continue;
          const [less, more] = [alike('less', title, names), alike('more', moreTitle, moreNames)];
          const places = similarTo(six, [less, more]).map(({ resourceId }) => resourceId as string);
          expect([title, names, moreTitle, moreNames, places[0] ?? 'more']).toEqual([
            title,
            names,
            moreTitle,
            moreNames,
            'more',
          ]);
        }
});
