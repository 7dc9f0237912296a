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
