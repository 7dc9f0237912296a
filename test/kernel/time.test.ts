import { expect, test } from '@jest/globals';
import {
  addDays,
  after,
  dayIn,
  daysBetween,
  endOfDay,
  epochSeconds,
  isPast,
  startOfDay,
} from '../../functions/kernel/time.ts';

test.each([
  ['Asia/Shanghai', '2026-11-30T15:59:59.999Z', '2026-11-30'],
  ['Asia/Shanghai', '2026-11-30T16:00:00.000Z', '2026-12-01'],
  ['America/New_York', '2026-12-01T04:59:59.999Z', '2026-11-30'],
  ['UTC', '2027-01-01T00:00:00.000Z', '2027-01-01'],
])('in %s, %s falls on %s', (timeZone, instant, day) => {
  expect(dayIn(timeZone, instant)).toBe(day);
});

test.each([
  [{ days: 1 }, '2026-03-29T01:00:00.000Z'],
  [{ days: -28, hours: 1 }, '2026-02-28T02:00:00.000Z'],
  [{ minutes: 90, seconds: 0.5, milliseconds: 7 }, '2026-03-28T02:30:00.507Z'],
])('%j after one in the night of a clock change', (duration, expected) => {
  expect(after('2026-03-28T01:00:00.000Z', duration)).toBe(expected);
});

test('an instant has come when it is there', () => {
  const now = '2026-12-01T00:00:00.000Z';
  expect([isPast(now, now), isPast('2026-12-01T00:00:00.001Z', now)]).toEqual([true, false]);
  expect(epochSeconds('1970-01-01T00:01:00.999Z')).toBe(60);
});

test('days are counted, and end with the calendar of four digits', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysBetween('2026-01-01', '2025-01-01')).toBe(-365);
  expect([addDays('9999-12-30', 5), addDays('0000-01-02', -5)]).toEqual(['9999-12-31', '0000-01-01']);
});

test.each([
  // Beirut's clocks go from 0:00 to 1:00: the day has no midnight.
  ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'],
  ['Asia/Shanghai', '2026-12-31', '2026-12-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
  ['Asia/Shanghai', '9999-12-31', '9999-12-30T16:00:00.000Z', undefined],
])('in %s, %s begins at %s and is over at %s', (timeZone, day, start, end) => {
  expect([startOfDay(day, timeZone), endOfDay(day, timeZone)]).toEqual([start, end]);
});
