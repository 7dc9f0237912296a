import { Temporal } from 'temporal-polyfill';

/** The instant at which a calendar day begins in a time zone (IANA name). */
export const startOf = (day: string, timeZone: string): string =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds).toISOString();
