import { Temporal } from 'temporal-polyfill';

/** When something is done: the instant, and the day that it falls on in the hub's time zone. */
export interface Moment {
  /** UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly at: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** The calendar day so many days later. */
export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/** The instant at which the day after a day begins in a time zone; undefined after the last day that has four digits. */
export function endOf(day: string, zone: string): string | undefined {
  const next = Temporal.PlainDate.from(day).add({ days: 1 });
  if (next.year > 9999) return undefined;
  return new Date(next.toZonedDateTime(zone).epochMilliseconds).toISOString();
}
