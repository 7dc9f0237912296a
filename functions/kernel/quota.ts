import { dayIn, endOfDay, millisecondsBetween } from './time.ts';

/** How much of something may be used on one day of the hub's time zone. */
export interface Quota {
  /** Whose, and of what: ids, no names of persons. */
  readonly of: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly limit: number;
}

/** What an agreement allows of something on the day of an instant. */
export const quotaOn = (of: string, limit: number, timeZone: string, now: string): Quota => ({
  of,
  day: dayIn(timeZone, now),
  limit,
});

/** Milliseconds until a quota that is used up is a new one. */
export const waitForDay = ({ day }: Pick<Quota, 'day'>, timeZone: string, now: string): number =>
  Math.max(0, millisecondsBetween(now, endOfDay(day, timeZone) ?? now));
