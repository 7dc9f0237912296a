import { expect, test } from '@jest/globals';
import { dayIn } from '../../functions/kernel/day.ts';

test.each([
  ['Asia/Shanghai', '2026-11-30T15:59:59.999Z', '2026-11-30'],
  ['Asia/Shanghai', '2026-11-30T16:00:00.000Z', '2026-12-01'],
  ['America/New_York', '2026-12-01T04:59:59.999Z', '2026-11-30'],
  ['UTC', '2027-01-01T00:00:00.000Z', '2027-01-01'],
])('in %s, %s falls on %s', (timeZone, instant, day) => {
  expect(dayIn(timeZone, instant)).toBe(day);
});
