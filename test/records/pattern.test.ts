import { expect, test } from '@jest/globals';
import { definitionProblems } from '../../functions/records/index.ts';
import { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { isPattern, patternOf } from '../../functions/records/types/patterns/pattern.ts';

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

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join('');

/** XML Schema 1.1, part 2, G.4.2.5: `\w` is `[^\p{P}\p{Z}\p{C}]`, `\s` is `[ \t\n\r]`. */
test.each([
  ['\\w', ASCII.replaceAll(/[\p{P}\p{Z}\p{C}]/gu, '')],
  ['[\\w]', ASCII.replaceAll(/[\p{P}\p{Z}\p{C}]/gu, '')],
  ['[^\\W]', ASCII.replaceAll(/[\p{P}\p{Z}\p{C}]/gu, '')],
  ['\\W', ASCII.replaceAll(/[^\p{P}\p{Z}\p{C}]/gu, '')],
  ['[\\W]', ASCII.replaceAll(/[^\p{P}\p{Z}\p{C}]/gu, '')],
  ['\\s', '\t\n\r '],
  ['\\S', ASCII.replaceAll(/[\t\n\r ]/g, '')],
  ['[\\S]', ASCII.replaceAll(/[\t\n\r ]/g, '')],
  ['\\p{IsBasicLatin}', ASCII],
  ['[\\p{IsBasicLatin}-]', ASCII],
  ['\\P{IsBasicLatin}', ''],
])('of ASCII %s has %j', (source, characters) => {
  const made = patternOf(source);
  if (!isPattern(made)) throw new Error(made.message);
  expect(Array.from(ASCII).filter(made.matches).join('')).toBe(characters);
});

test.each([
  ['\\w', '中𠮷é1½€', '·，　\u200b\ue000'],
  ['\\W', '·，　\u200b\ue000\u0378', '中𠮷é1½€'],
  ['[\\W]', '·，　\u200b\ue000\u0378', '中𠮷é1½€'],
  ['\\p{IsCJKUnifiedIdeographs}', '一中鿿', 'a，𠮷㐀'],
  ['\\P{IsCJKUnifiedIdeographs}', 'a，𠮷㐀', '一中鿿'],
  ['[\\p{IsCJKUnifiedIdeographsExtensionB}\\p{IsLatin-1Supplement}]', '𠮷é', 'e中'],
  ['[^\\P{IsGreek}]', 'αΩ', 'aя'],
  ['\\p{IsPrivateUse}', '\ue000\u{f0000}\u{10fffd}', 'a\uf900'],
])('%s has the characters of %j and not those of %j', (source, good, bad) => {
  const made = patternOf(source);
  if (!isPattern(made)) throw new Error(made.message);
  expect([Array.from(good).filter(made.matches).join(''), Array.from(bad).filter(made.matches)]).toEqual([good, []]);
});

test.each([
  ['\\p{IsKlingon}', 'Unicode has no block Klingon among those that are known here'],
  ['[a\\p{IsKlingon}]', 'Unicode has no block Klingon among those that are known here'],
])('a block of nobody is refused by its name: %s', (source, message) => {
  expect(patternOf(source)).toEqual({ rule: 'invalid-pattern', message: expect.stringContaining(message) });
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

test.each(['[a-z&&[^aeiou]]', '[a-z&&b]', '[a[bc]]', '[]a]', '[^]', 'a{,3}', '(?s).*', '(?is:.)', String.raw`\Qa.b\E`])(
  'a pattern that other dialects read otherwise is refused: %s',
  (pattern) => {
    expect(problemsOf(pattern)).toEqual(['invalid-pattern']);
  },
);

test.each([
  'a&&b',
  String.raw`[a\&&b]`,
  String.raw`[\[&\]]`,
  '[[:alpha:]]+',
  String.raw`\[a\{,3\}`,
  '[{,}]',
  '(?i)a',
  '[(?s)]',
])('a pattern that only looks like one is not: %s', (pattern) => {
  expect(problemsOf(pattern)).toEqual([]);
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
