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
    [['fields', 1]],
  ],
  ['names in another case', { title: '法人', schema: fields('CODE', 'Name', 'address', 'capital') }, [['fields', 1]]],
  [
    'four of five fields',
    { title: '法人', schema: fields('code', 'name', 'address', 'capital', 'x') },
    [['fields', 0.8]],
  ],
  ['three of five fields', { title: '法人', schema: fields('code', 'name', 'address', 'x') }, [['fields', 0.6]]],
  ['half of the fields', { title: '法人', schema: fields('code', 'name', 'x', 'y') }, []],
  ['the same title with other fields', { title: '企业登记信息', schema: fields('a', 'b', 'c') }, [['title', 1]]],
  ['nearly the same title', { title: '企业登记信息（新）', schema: fields('a', 'b', 'c') }, [['title', 0.83]]],
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
    { reason: 'fields', score: 1 },
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
    ['other-0', 1],
    ['other-1', 1],
    ['other-2', 1],
    ['other-3', 0.8],
    ['other-4', 0.8],
  ]);
});
