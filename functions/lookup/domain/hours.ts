import { Temporal } from 'temporal-polyfill';
import { isWorkingDay } from '../../kernel/working-days.ts';

/** Hours at which offices work, the later one no more. */
const FIRST_HOUR = 7;
const END_HOUR = 20;

/** At night, or on a day off. */
export function isOddHour(at: string, timeZone: string): boolean {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
  return local.hour < FIRST_HOUR || local.hour >= END_HOUR || !isWorkingDay(local.toPlainDate().toString());
}
