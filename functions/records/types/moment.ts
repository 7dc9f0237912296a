/** A point on the proleptic Gregorian time line, exact: days since 1970-01-01, seconds of the day, fraction digits. */
export interface Moment {
  readonly days: number;
  /** From 0; 86,400 is a leap second, the last one of its day. */
  readonly seconds: number;
  /** Fraction of a second, without trailing zeros. */
  readonly fraction: string;
}

export function compareMoments(a: Moment, b: Moment): number {
  if (a.days !== b.days) return a.days - b.days;
  if (a.seconds !== b.seconds) return a.seconds - b.seconds;
  if (a.fraction === b.fraction) return 0;
  return a.fraction < b.fraction ? -1 : 1;
}

export const canonicalMoment = ({ days, seconds, fraction }: Moment): string => `${days}T${seconds}.${fraction}`;

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);

export const isRealDate = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);

/** Days from 1970-01-01 by H. Hinnant's `days_from_civil` (astronomical years: 0 is 1 BC). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The inverse: `civil_from_days`. */
export function civilFromDays(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** ISO text of a day in a year of four digits. */
export function isoDate(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A clock reading of a day, moved to UTC. `offset` is the zone's distance from UTC in seconds. */
export function momentOf(days: number, secondOfDay: number, fraction = '', offset = 0): Moment {
  const shifted = secondOfDay - offset;
  const carried = Math.floor(shifted / 86_400);
  return { days: days + carried, seconds: shifted - carried * 86_400, fraction: fraction.replace(/0+$/, '') };
}

/**
 * The second behind `moment`, where a leap second can be: UTC has them behind 23:59:59 on the last days of March, June,
 * September and December (XML Schema 1.0, appendix D).
 */
export function leapSecondBehind({ days, seconds, fraction }: Moment): Moment | undefined {
  const isLast = seconds === 86_399 && /-(?:03-31|06-30|09-30|12-31)$/.test(isoDate(days));
  return isLast ? { days, seconds: 86_400, fraction } : undefined;
}
