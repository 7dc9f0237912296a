import { Temporal } from 'temporal-polyfill';

// Instants are UTC as the hub writes them (`YYYY-MM-DDTHH:mm:ss.sssZ`), days are `YYYY-MM-DD`, time zones IANA names.

/** A day of a duration has 24 hours, whatever clocks do. */
const UNITS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000, milliseconds: 1 } as const;

/** In any of the units, together; fractions and negative numbers, which Temporal's durations do not mix, are welcome. */
type Duration = { readonly [Unit in keyof typeof UNITS]?: number };

export const millisecondsOf = (duration: Duration): number =>
  (Object.keys(UNITS) as (keyof typeof UNITS)[]).reduce((sum, unit) => sum + (duration[unit] ?? 0) * UNITS[unit], 0);

/** The instant so long after another; before it, where the duration is negative. */
export const after = (instant: string, duration: Duration): string =>
  new Date(Date.parse(instant) + millisecondsOf(duration)).toISOString();

/** To the millisecond; negative where the second is the earlier. */
export const millisecondsBetween = (earlier: string, later: string): number => Date.parse(later) - Date.parse(earlier);

export const secondsBetween = (earlier: string, later: string): number => millisecondsBetween(earlier, later) / 1_000;

/** Seconds that something took; none where clocks of two machines disagree about which instant came first. */
export const secondsSince = (start: string, end: string): number => Math.max(0, secondsBetween(start, end));

/** Has it come? At the instant itself it has. */
export const isPast = (instant: string, now: string): boolean => Date.parse(instant) <= Date.parse(now);

/** Whole seconds since 1970, in which DynamoDB expires items. */
export const epochSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1_000);

/** Making one takes about 40 µs, and a dataset may mean a question for each of hundreds of agreements. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  return format;
}

/** The calendar day that an instant falls on in a time zone. */
export const dayIn = (timeZone: string, instant: string): string => {
  const parts = formatOf(timeZone).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
};

/** The days that have four digits for their year: only of these is the order of their texts the order of time. */
const FIRST_DAY = Temporal.PlainDate.from('0000-01-01');
const LAST_DAY = Temporal.PlainDate.from('9999-12-31');

/** The day so many days later, or earlier where `days` is negative; the calendar ends with the year 9999. */
export function addDays(day: string, days: number): string {
  const date = Temporal.PlainDate.from(day).add({ days });
  if (Temporal.PlainDate.compare(date, LAST_DAY) > 0) return LAST_DAY.toString();
  return (Temporal.PlainDate.compare(date, FIRST_DAY) < 0 ? FIRST_DAY : date).toString();
}

/** From the first to the second, which counts and the first does not. */
export const daysBetween = (earlier: string, later: string): number =>
  Temporal.PlainDate.from(earlier).until(later).days;

/** The instant at which a calendar day begins; midnight itself where it exists. */
export const startOfDay = (day: string, timeZone: string): string =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds).toISOString();

/** The instant at which a calendar day is over; the last one that has four digits never is. */
export const endOfDay = (day: string, timeZone: string): string | undefined =>
  day === LAST_DAY.toString() ? undefined : startOfDay(addDays(day, 1), timeZone);
