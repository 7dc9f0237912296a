import { daysFromCivil } from '../moment.ts';

const DAY_SECONDS = 86_400;

/** Places of `Parts.numbers`. */
export const PLACE = {
  century: 0,
  yearOfCentury: 1,
  month: 2,
  day: 3,
  /** Day of the year, or 0. */
  ordinal: 4,
  hour: 5,
  /** Hour of a clock of twelve, or 0. */
  twelve: 6,
  /** 1 for pm. */
  afternoon: 7,
  minute: 8,
  second: 9,
  /** Digits behind the second: how far from the beginning of the text they begin, times 256, and how many they are; or 0. */
  fraction: 10,
  /** Seconds from UTC. */
  offset: 11,
} as const;

/** A part that a text lacks is that of 1900-01-01. */
export const LACKING: readonly number[] = [19, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0];

/** What has been read of a moment: a number at each of `PLACE`. */
export type Parts = Int32Array;

const yearOf = (parts: Parts): number => at(parts, PLACE.century) * 100 + at(parts, PLACE.yearOfCentury);
const at = (parts: Parts, place: number): number => parts[place] ?? 0;

function daysOf(parts: Parts): number {
  const ordinal = at(parts, PLACE.ordinal);
  if (ordinal > 0) return daysFromCivil(yearOf(parts), 1, 1) + ordinal - 1;
  return daysFromCivil(yearOf(parts), at(parts, PLACE.month), at(parts, PLACE.day));
}

function secondsOf(parts: Parts): number {
  const twelve = at(parts, PLACE.twelve);
  const hour = twelve > 0 ? (twelve % 12) + at(parts, PLACE.afternoon) * 12 : at(parts, PLACE.hour);
  return hour * 3600 + at(parts, PLACE.minute) * 60 + at(parts, PLACE.second);
}

/** Where the moment is in the order of its kind, without its fraction: in days or seconds. */
export const POSITIONS: Readonly<Record<'date' | 'time' | 'datetime', (parts: Parts) => number>> = {
  date: daysOf,
  time: secondsOf,
  datetime: (parts) => daysOf(parts) * DAY_SECONDS + secondsOf(parts) - at(parts, PLACE.offset),
};
