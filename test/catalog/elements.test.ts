import { describe, expect, test } from '@jest/globals';
import { ResourceCode } from '../../schemas/contracts/resources.ts';
import { categories, findCategory, holdsResources } from '../../schemas/registry/categories.ts';
import { isOfCategory, resourceCode } from '../../functions/catalog/domain/code.ts';
import { elementProblems } from '../../functions/catalog/domain/elements.ts';
import { aDefinition, resource } from '../support/builders.ts';

const problems = (changes: Parameters<typeof aDefinition>[0]) =>
  elementProblems(resource('legal-entities'), aDefinition(changes)).map(({ path, rule }) => `${path} ${rule}`);

test.each<[string, Parameters<typeof aDefinition>[0], string[]]>([
  ['no category', {}, []],
  ['a 目', { category: '1-02-001' }, []],
  ['a 细目', { category: '1-01-001-02' }, []],
  ['a 项', { category: '1-02' }, ['/category category-too-broad']],
  ['a 类', { category: '1' }, ['/category category-too-broad']],
  ['a category that the registry has not', { category: '1-99-001' }, ['/category unknown-category']],
  ['words instead of a code', { category: '法人' }, ['/category unknown-category']],
  [
    'a field of a department that there is, and one of another',
    {
      schema: {
        fields: [
          { name: 'a', provider: 'tax' },
          { name: 'b', provider: 'nobody' },
        ],
      },
    },
    ['/schema/fields/1/provider unknown-department'],
  ],
  ['related resources', { related: ['streets', 'villages'] }, []],
  [
    'itself and a repetition',
    { related: ['legal-entities', 'a', 'a'] },
    ['/related/0 itself', '/related/2 repeated-value'],
  ],
])('%s', (_, changes, expected) => {
  expect(problems(changes)).toEqual(expected);
});

describe('the category tree of the registry', () => {
  test('is in order of code, with every branch before what grows on it', () => {
    const codes = categories.map(({ code }) => code as string);
    expect(codes).toEqual(codes.toSorted());
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes.filter((each) => each.includes('-')))
      expect(findCategory(code.slice(0, code.lastIndexOf('-')))).toBeDefined();
  });
  test('has a 目 in each 项', () => {
    for (const { code } of categories.filter((each) => each.code.length === 4))
      expect(categories.some((each) => each.code.startsWith(`${code}-`) && holdsResources(each))).toBe(true);
  });
});

test.each([
  ['1-02-001', 3, '102001/0003'],
  ['1-01-001-02', 12_345, '10100102/12345'],
])('number %s %d has the code %s', (category, number, code) => {
  expect(ResourceCode.parse(resourceCode(category, number))).toBe(code);
  expect(isOfCategory(code, category)).toBe(true);
});
test('a code of a 细目 is none of the 目 above it', () => {
  expect(isOfCategory('10100102/0001', '1-01-001')).toBe(false);
});
