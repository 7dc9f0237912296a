import { expect, test } from '@jest/globals';
import { dayIn } from '../../functions/agreements/domain/day.ts';
import { dayIn as catalogDayIn } from '../../functions/catalog/domain/day.ts';

test.each([
  ['Asia/Shanghai', '2026-12-01T15:59:59.999Z', '2026-12-01'],
  ['Asia/Shanghai', '2026-12-01T16:00:00.000Z', '2026-12-02'],
  ['Asia/Shanghai', '2026-12-31T16:00:00.000Z', '2027-01-01'],
  ['UTC', '2026-12-01T16:00:00.000Z', '2026-12-01'],
  ['America/Los_Angeles', '2026-03-01T07:00:00.000Z', '2026-02-28'],
])('in %s the instant %s falls on %s', (zone, instant, day) => {
  expect(dayIn(zone, instant)).toBe(day);
  expect(catalogDayIn(zone, instant)).toBe(day);
});
