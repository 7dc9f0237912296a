import { civilFromDays, isoDate, type Moment } from '../moment.ts';
import { orderedInteger } from './ordered-number.ts';

/** `2026-11-30`, and behind it, unless it is its first second, `T08:30:00.5`: one that begins another comes before it. */
export const orderedMoment = (moment: Moment): string => {
  const date = orderedDate(moment);
  return moment.seconds === 0 && moment.fraction === '' ? date : `${date}T${orderedTime(moment)}`;
};

/** Years of four digits stand as they are; `-` comes before these, and a letter behind. */
export function orderedDate({ days }: Moment): string {
  const { year, month, day } = civilFromDays(days);
  if (year >= 0 && year <= 9999) return isoDate(days);
  return `${year < 0 ? '-' : ''}${orderedInteger(year)}-${two(month)}-${two(day)}`;
}

const MINUTE = 60;
const LAST_MINUTE = 24 * 60 - 1;

/** A leap second is the sixtieth of its minute. */
export function orderedTime({ seconds, fraction }: Moment): string {
  const minutes = Math.min(Math.floor(seconds / MINUTE), LAST_MINUTE);
  const clock = [Math.floor(minutes / MINUTE), minutes % MINUTE, seconds - minutes * MINUTE].map(two).join(':');
  return fraction === '' ? clock : `${clock}.${fraction}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
