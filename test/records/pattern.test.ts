import { expect, test } from '@jest/globals';
import { definitionProblems } from '../../functions/records/index.ts';
import { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { isPattern, patternOf } from '../../functions/records/types/pattern.ts';

/** A hyphen right before a class is a hyphen and a class, not a class subtraction; inside, `.` and escapes are members. */
test.each([
  ['-[.]', '-.', true],
  ['-[.]', '-x', false],
  ['-[.]{0}(|)', '-', true],
  ['\\d{3}-[\\d.]{2}', '010-1.', true],
  ['\\d{3}-[\\d.]{2}', '010-1x', false],
  ['[a-c]-[.]', 'b-.', true],
  ['\\[-[.]', '[-.', true],
])('%s on %s: %s', (source, text, matches) => {
  const made = patternOf(source);
  expect(isPattern(made) && made.matches(text)).toBe(matches);
});

test('class subtraction is refused with what to do instead', () => {
  expect(patternOf('[a-z-[aeiou]]')).toMatchObject({ rule: 'invalid-pattern' });
});

const problemsOf = (pattern: string): string[] =>
  definitionProblems(
    ResourceDefinition.parse({
      title: 'a',
      provider: 'quality',
      shareType: 'unconditional',
      schema: { fields: [{ name: 'a', type: 'string', constraints: { pattern } }] },
    }),
  ).map(({ rule }) => rule);

test.each([
  '[ab]*a[ab]{500}c?',
  '[ab]*a[ab]{20}c?',
  String.raw`\w*\d\w{30}`,
  '.*省.*市.{0,50}',
  '(x|[ab]*a[ab]{500})y?',
])('a pattern by which one long value could hold up a check is refused: %s', (pattern) => {
  expect(problemsOf(pattern)).toEqual(['unsafe-pattern']);
});

test.each([
  '.{0,255}',
  '(a*)*b',
  '(){0,9}(a{0}b*)*',
  String.raw`(\w+[ -]?){1,10}`,
  String.raw`[\w.%+-]+@[\w.-]+\.[a-zA-Z]{2,}`,
  String.raw`(https?://)?([\w-]+\.)+[\w-]+(/[\w ./?%&=-]*)?`,
  '.*(foo|bar|baz).*',
  '[A-Z]{0,50}[0-9A-Z]{0,50}',
  '.{1,100}[省市区县].{1,100}',
  '[一-龥]{2,200}',
  String.raw`\p{Han}+`,
])('a pattern that takes each character once, or few of them, is not: %s', (pattern) => {
  expect(problemsOf(pattern)).toEqual([]);
});
