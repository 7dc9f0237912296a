import { Temporal } from 'temporal-polyfill';

/** The instant (UTC) at which the day after one of a time zone begins: when duties are looked at again. */
export const startOfNextDay = (today: string, zone: string): string =>
  Temporal.PlainDate.from(today)
    .add({ days: 1 })
    .toZonedDateTime(zone)
    .toInstant()
    .toString({ fractionalSecondDigits: 3 });
