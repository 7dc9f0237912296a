import { describe, expect, test } from '@jest/globals';
import type { ResourceQuery } from '../../schemas/contracts/resources.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import { search } from '../../functions/catalog/domain/search.ts';
import type { CatalogEntry, CatalogState } from '../../functions/catalog/ports.ts';
import { aDefinition, aResourceVersion, instant, resource } from '../support/builders.ts';

type Definition = Parameters<typeof aDefinition>[0];

const entry = (id: string, definition: Definition = {}, changedIn = 1): CatalogEntry => ({
  ...entryOf(aResourceVersion({ resourceId: resource(id), definition: aDefinition(definition) })),
  changedIn,
});
const stateOf = (...entries: readonly CatalogEntry[]): CatalogState => ({
  revision: Math.max(0, ...entries.map(({ changedIn }) => changedIn)),
  entries: entries.toSorted((a, b) => (a.summary.resourceId < b.summary.resourceId ? -1 : 1)),
});
const found = (state: CatalogState, query: Partial<ResourceQuery>) =>
  search(state, { limit: 100, ...query }).items.map(({ resourceId }) => resourceId);

/** Every page of a search; `between` may change the catalog after a page. */
function paged(
  state: CatalogState,
  query: Partial<ResourceQuery>,
  between: (page: number) => CatalogState = () => state,
) {
  const pages: string[][] = [];
  let now = state;
  let cursor: string | undefined;
  do {
    const page = search(now, { limit: 2, ...query, cursor });
    pages.push(page.items.map(({ resourceId }) => resourceId));
    cursor = page.cursor;
    now = between(pages.length);
  } while (cursor !== undefined);
  return pages;
}

describe('an entry', () => {
  const one = stateOf(
    entry('legal-entities', {
      themes: ['economy', 'emergency'],
      category: '1-02-001',
      schema: {
        fields: [
          { name: 'org_code', title: '组织机构代码' },
          { name: 'Approved_On', titleEn: 'Day of approval' },
          { name: 'tax_no', provider: 'tax' },
        ],
      },
    }),
  );
  test.each<[Partial<ResourceQuery>, boolean]>([
    [{}, true],
    [{ text: 'legal-ent' }, true],
    [{ text: 'LEGAL ENT' }, true],
    [{ text: 'entities legal' }, true],
    [{ text: 'legal bank' }, false],
    [{ text: '法人' }, true],
    [{ text: '法人 代码' }, true],
    [{ text: '法人　代码' }, true],
    [{ text: '基础信' }, true],
    [{ text: '法人信息' }, true],
    [{ text: '机构代码组织' }, true],
    [{ text: '法人员' }, false],
    [{ text: '人口' }, false],
    [{ text: '息' }, true],
    [{ text: 'one row FOR' }, true],
    [{ text: 'approved_on' }, true],
    [{ text: 'ｌｅｇａｌ' }, true],
    [{ text: 'economy' }, false],
    [{ text: 'entitiesone' }, false],
    [{ provider: 'quality' as never }, true],
    [{ provider: 'tax' as never }, true],
    [{ provider: 'press' as never }, false],
    [{ theme: 'emergency' }, true],
    [{ theme: 'emerg' }, false],
    [{ shareType: 'unconditional' }, true],
    [{ shareType: 'refused' }, false],
    [{ updateCycle: 'daily' }, true],
    [{ updateCycle: 'weekly' }, false],
    [{ category: '1' as never }, true],
    [{ category: '1-02' as never }, true],
    [{ category: '1-02-001' as never }, true],
    [{ category: '1-02-001-01' as never }, false],
    [{ category: '1-03' as never }, false],
    [{ field: 'ORG_' }, true],
    [{ field: '机构' }, true],
    [{ field: 'approval' }, true],
    [{ field: '法人' }, false],
    [{ text: '法人', provider: 'quality' as never, theme: 'economy', shareType: 'unconditional' }, true],
    [{ text: '法人', provider: 'quality' as never, theme: 'economy', shareType: 'conditional' }, false],
  ])('%j finds it: %s', (query, expected) => {
    expect(found(one, query)).toEqual(expected ? ['legal-entities'] : []);
  });
  test('is found by its code', () => {
    const { summary, ...rest } = one.entries[0]!;
    const coded = stateOf({ ...rest, summary: { ...summary, resourceCode: '102001/0003' } });
    expect(found(coded, { text: '102001/0003' })).toEqual(['legal-entities']);
  });
  test('without a category is under none', () => {
    expect(found(stateOf(entry('a')), { category: '1' as never })).toEqual([]);
  });
  test('with the least that a definition needs is listed and found', () => {
    const least = entry('least', { titleEn: undefined, description: undefined, schema: { fields: [{ name: 'a' }] } });
    expect(least.summary).not.toHaveProperty('titleEn');
    expect(least.fields).toEqual([{ name: 'a' }]);
    expect(found(stateOf(least), { text: 'least' })).toEqual(['least']);
  });
  test('that is retired is shown to who asks for it', () => {
    const { summary, ...rest } = entry('old');
    const state = stateOf({ ...rest, summary: { ...summary, retiredAt: instant } }, entry('new'));
    expect(found(state, {})).toEqual(['new']);
    expect(found(state, { retired: 'include' })).toEqual(['new', 'old']);
  });
});

describe('results with words', () => {
  const state = stateOf(
    entry('a-description', { title: 'x', titleEn: 'y', description: '登记的街道' }),
    entry('b-part', { title: '北京街道名录' }),
    entry('c-start', { title: '街道名录' }),
    entry('d-title', { title: '街道' }),
    entry('e-field', { title: 'x', titleEn: 'y', schema: { fields: [{ name: 'street', title: '街道' }] } }),
    entry('f-field-part', { title: 'x', titleEn: 'y', schema: { fields: [{ name: 's', title: '街道代码' }] } }),
    entry('g-none', { title: 'x' }),
    entry('h-scattered', { title: '街与道' }),
  );
  test('are best first', () => {
    expect(found(state, { text: '街道' })).toEqual([
      'd-title',
      'c-start',
      'b-part',
      'e-field',
      'f-field-part',
      'a-description',
    ]);
  });
  test('of equal worth are in order of id', () => {
    expect(found(stateOf(entry('b'), entry('c'), entry('a')), { text: '法人' })).toEqual(['a', 'b', 'c']);
  });
  test.each([1, 2, 3, 5, 6, 7, 100])('are complete in pages of %d', (limit) => {
    expect(paged(state, { text: '街道', limit }).flat()).toEqual(found(state, { text: '街道' }));
  });
});

describe('turning pages', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const state = stateOf(...ids.map((id) => entry(id)));
  const changed = (id: string, definition: Definition) =>
    stateOf(...state.entries.filter(({ summary }) => summary.resourceId !== id), entry(id, definition, 2));

  test.each([1, 2, 4, 5, 6])('of the whole catalog, by %d, shows each entry once, in order of id', (limit) => {
    expect(paged(state, { limit }).flat()).toEqual(ids);
  });
  test('shows what was published behind the page', () => {
    const more = stateOf(...state.entries, entry('c1', {}, 2));
    expect(paged(state, {}, () => more).flat()).toEqual(['a', 'b', 'c', 'c1', 'd', 'e']);
  });
  test('by rank does not lose an entry that got a better rank before its page', () => {
    const better = changed('e', { title: '法人' });
    expect(paged(state, { text: '法人' }, () => better).flat()).toEqual(ids);
  });
  test('by rank does not lose an entry that got a worse rank before its page', () => {
    const worse = changed('c', { title: 'x', description: '法人' });
    expect(paged(state, { text: '法人' }, () => worse).flat()).toEqual(['a', 'b', 'd', 'e', 'c']);
  });
  test('by rank shows what stayed as it was once, whatever else is published', () => {
    const more = stateOf(...state.entries, entry('aa', { title: '法人' }, 2), entry('z', {}, 3));
    expect(paged(state, { text: '法人' }, () => more).flat()).toEqual([...ids, 'aa', 'z']);
  });
  test('with a cursor that no page gave begins at the beginning', () => {
    for (const cursor of ['abc', 'bnVsbA', 'e30'])
      expect(search(state, { limit: 2, cursor }).items.map(({ resourceId }) => resourceId)).toEqual(['a', 'b']);
  });
});
