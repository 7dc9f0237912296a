import { describe, expect, test } from '@jest/globals';
import { addDays } from '../../functions/kernel/time.ts';
import { addWorkingDays, isProvisional, isWorkingDay } from '../../functions/kernel/working-days.ts';

const daysOf = (year: number): string[] => {
  const days: string[] = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) days.push(day);
  return days;
};

describe('a working day', () => {
  test.each([
    ['2026-12-01', true, 'a Tuesday'],
    ['2026-12-05', false, 'a Saturday'],
    ['2026-12-06', false, 'a Sunday'],
    ['2026-10-01', false, 'the national day'],
    ['2026-10-07', false, 'the last day of its holiday'],
    ['2026-10-08', true, 'the day after it'],
    ['2026-10-10', true, 'a Saturday that is worked for it'],
    ['2026-09-20', true, 'a Sunday that is worked for it'],
    ['2026-02-14', true, 'a Saturday that is worked for the spring festival'],
    ['2026-02-16', false, 'a Monday in the spring festival'],
    ['2026-01-04', true, 'a Sunday that is worked for the new year'],
    ['2025-01-26', true, 'a Sunday of 2025 that is worked'],
    ['2025-10-08', false, 'the eighth day of the holiday of 2025'],
    ['2030-10-01', true, 'a holiday of a year that is not announced: a Tuesday'],
    ['2030-10-05', false, 'its Saturday'],
  ])('%s: %s (%s)', (day, expected) => {
    expect(isWorkingDay(day)).toBe(expected);
  });

  test.each([2025, 2026])('%s has 248 of them, as its arrangement makes it', (year) => {
    expect(daysOf(year).filter(isWorkingDay)).toHaveLength(248);
  });
});

describe('so many working days', () => {
  test.each([
    ['2026-12-01', 1, '2026-12-02', 'the day after counts first'],
    ['2026-12-04', 1, '2026-12-07', 'from a Friday'],
    ['2026-12-05', 1, '2026-12-07', 'from a Saturday'],
    ['2026-12-01', 10, '2026-12-15', 'over two weekends'],
    ['2026-09-30', 1, '2026-10-08', 'over the national holiday'],
    ['2026-09-30', 3, '2026-10-10', 'to a Saturday that is worked'],
    ['2026-02-13', 2, '2026-02-24', 'over the spring festival, after a Saturday that is worked'],
    ['2025-01-27', 1, '2025-02-05', 'over the spring festival of 2025'],
    ['2026-12-01', 0, '2026-12-01', 'none'],
    ['2026-12-08', -3, '2026-12-03', 'back'],
    ['2026-10-09', -2, '2026-09-30', 'back over the holiday'],
    ['9999-12-31', 20, '9999-12-31', 'at the end of the calendar'],
    ['9999-12-30', 1, '9999-12-31', 'to the end of the calendar'],
    ['0000-01-03', -3, '0000-01-01', 'at its beginning'],
  ])('%s and %s: %s (%s)', (day, count, expected) => {
    expect(addWorkingDays(day, count)).toBe(expected);
  });

  test('a term that reaches into a year that is not announced is provisional', () => {
    expect(isProvisional('2026-12-01', '2026-12-31')).toBe(false);
    expect(isProvisional('2026-12-20', '2027-01-04')).toBe(true);
    expect(isProvisional('2025-06-01', '2026-06-01')).toBe(false);
  });
});
