import { Temporal } from 'temporal-polyfill';
import type { Frequency } from '../../schemas/contracts/terms.ts';

/** Every frequency that waits for a moment. */
export type Periodic = Exclude<Frequency, 'on-arrival'>;

const MONDAY = 1;

/** The newest moment of a frequency at or before `now`, as an instant in UTC. */
export function latestMoment(frequency: Periodic, at: string, timeZone: string, now: string): string {
  const moment = momentsAround(frequency, at, zoned(now, timeZone)).findLast((candidate) => !isAfter(candidate, now));
  return instantOf(found(moment, frequency));
}

/** The first moment of a frequency after `now`, as an instant in UTC. */
export function nextMoment(frequency: Periodic, at: string, timeZone: string, now: string): string {
  const moment = momentsAround(frequency, at, zoned(now, timeZone)).find((candidate) => isAfter(candidate, now));
  return instantOf(found(moment, frequency));
}

/** The moments of the periods around a time, in order: two before and two after cover days that a zone skipped. */
const momentsAround = (frequency: Periodic, at: string, now: Temporal.ZonedDateTime): Temporal.ZonedDateTime[] =>
  [-2, -1, 0, 1, 2]
    .map((offset) => (frequency === 'hourly' ? hourlyMoment(at, now, offset) : datedMoment(frequency, at, now, offset)))
    .sort((left, right) => Temporal.ZonedDateTime.compare(left, right));

/** Hours are counted as time passes, so an hour that the clock repeats in autumn has a moment of its own each time. */
const hourlyMoment = (at: string, now: Temporal.ZonedDateTime, offset: number): Temporal.ZonedDateTime =>
  now
    .add({ hours: offset })
    .with({ minute: Temporal.PlainTime.from(at).minute, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });

/**
 * One moment for each day, week, month or quarter: a time that the clock skips in spring is the same span later,
 * one that it shows twice in autumn is the first (Temporal's disambiguation `compatible`, as in RFC 5545, 3.3.5).
 */
function datedMoment(
  frequency: Exclude<Periodic, 'hourly'>,
  at: string,
  now: Temporal.ZonedDateTime,
  offset: number,
): Temporal.ZonedDateTime {
  const day = firstDayOf[frequency](now.toPlainDate(), offset);
  return day.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: Temporal.PlainTime.from(at) });
}

const firstDayOf: Record<
  Exclude<Periodic, 'hourly'>,
  (today: Temporal.PlainDate, offset: number) => Temporal.PlainDate
> = {
  daily: (today, offset) => today.add({ days: offset }),
  weekly: (today, offset) => today.subtract({ days: today.dayOfWeek - MONDAY }).add({ weeks: offset }),
  monthly: (today, offset) => today.with({ day: 1 }).add({ months: offset }),
  quarterly: (today, offset) =>
    today.with({ day: 1, month: today.month - ((today.month - 1) % 3) }).add({ months: 3 * offset }),
};

const zoned = (instant: string, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);

const instantOf = (moment: Temporal.ZonedDateTime): string =>
  moment.toInstant().toString({ fractionalSecondDigits: 3 });

const isAfter = (moment: Temporal.ZonedDateTime, now: string): boolean =>
  Temporal.Instant.compare(moment.toInstant(), Temporal.Instant.from(now)) > 0;

function found<T>(moment: T | undefined, frequency: Periodic): T {
  if (moment === undefined) throw new Error(`no ${frequency} moment around now`);
  return moment;
}
