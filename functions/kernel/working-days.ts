import { Temporal } from 'temporal-polyfill';
import { arrangements } from '../../schemas/registry/working-days.ts';
import { addDays } from './time.ts';

const years = Object.values(arrangements);
const holidays = years.flatMap((year) => year.holidays);
const worked = new Set(years.flatMap((year) => year.worked));

const SATURDAY = 6;
const isWeekend = (day: string): boolean => Temporal.PlainDate.from(day).dayOfWeek >= SATURDAY;
const isHoliday = (day: string): boolean => holidays.some(({ from, to }) => from <= day && day <= to);

/** Whether offices work on a day (`YYYY-MM-DD`); of a year without an arrangement, Monday to Friday. */
export const isWorkingDay = (day: string): boolean => worked.has(day) || !(isHoliday(day) || isWeekend(day));

/**
 * The day that ends a term of so many working days: the day after `day` is the first that counts. Negative: the working
 * day so many before `day`.
 */
export function addWorkingDays(day: string, count: number): string {
  const step = Math.sign(count);
  let at = day;
  for (let left = Math.abs(count); left > 0;) {
    const next = addDays(at, step);
    if (next === at) return at;
    at = next;
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}

/** Whether a term touches a year whose arrangement is not known yet: holidays may still move its end. */
export function isProvisional(from: string, to: string): boolean {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++)
    if (!(String(year) in arrangements)) return true;
  return false;
}
