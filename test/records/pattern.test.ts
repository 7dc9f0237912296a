import { expect, test } from '@jest/globals';
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
