import * as z from 'zod';
import { CalendarDate } from '../contracts/ids.ts';
import years from './working-days.json' with { type: 'json' };

/** The State Council's arrangement of one year: public holidays, and the days at weekends that are worked for them. */
const Arrangement = z.strictObject({
  source: z.string().min(1),
  holidays: z.array(z.strictObject({ name: z.string().min(1), from: CalendarDate, to: CalendarDate })),
  worked: z.array(CalendarDate),
});

const arrangements = z.record(z.string().regex(/^\d{4}$/), Arrangement).parse(years);

const DAY_MS = 86_400_000;

/** The days that have four digits for their year: only of these is the order of their texts the order of time. */
const FIRST_DAY = Date.parse('0000-01-01');
const LAST_DAY = Date.parse('9999-12-31');

/** The day so many days later, or earlier where `days` is negative; the calendar ends with the year 9999. */
export const addDays = (day: string, days: number): string =>
  new Date(Math.min(LAST_DAY, Math.max(FIRST_DAY, Date.parse(day) + days * DAY_MS))).toISOString().slice(0, 10);

const daysOf = ({ from, to }: { readonly from: string; readonly to: string }): string[] => {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};

const holidays = new Set(Object.values(arrangements).flatMap((year) => year.holidays.flatMap(daysOf)));
const worked = new Set(Object.values(arrangements).flatMap((year) => year.worked));

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());

/** Whether offices work on a day (`YYYY-MM-DD`); of a year without an arrangement, Monday to Friday. */
export const isWorkingDay = (day: string): boolean => worked.has(day) || (!holidays.has(day) && !isWeekend(day));

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
