import { daysFromCivil, isLeapYear, isRealDate } from '../moment.ts';

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
  /** 1 if there are digits behind the second. */
  fraction: 10,
  /** Seconds from UTC. */
  offset: 11,
} as const;

/** A part that a text lacks is that of 1900-01-01. */
export const LACKING: readonly number[] = [19, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0];

/** What has been read of a moment. */
export class Parts {
  readonly numbers = Int32Array.from(LACKING);
  /** Where the digits of the fraction are, if there are any. */
  fractionStart = 0;
  fractionEnd = 0;

  clear(from: number = PLACE.century): void {
    for (let place = from; place < LACKING.length; place += 1) this.numbers[place] = LACKING[place] ?? 0;
  }

  clearClock(): void {
    this.clear(PLACE.hour);
  }

  at(place: number): number {
    return this.numbers[place] ?? 0;
  }

  set(place: number, value: number): void {
    this.numbers[place] = value;
  }

  setFraction(start: number, end: number): void {
    this.numbers[PLACE.fraction] = 1;
    this.fractionStart = start;
    this.fractionEnd = end;
  }

  setYear(year: number): void {
    const century = Math.floor(year / 100);
    this.numbers[PLACE.century] = century;
    this.numbers[PLACE.yearOfCentury] = year - century * 100;
  }

  get year(): number {
    return this.at(PLACE.century) * 100 + this.at(PLACE.yearOfCentury);
  }

  get isReal(): boolean {
    const { year } = this;
    const ordinal = this.at(PLACE.ordinal);
    if (year < 1) return false;
    if (ordinal > 0) return ordinal <= (isLeapYear(year) ? 366 : 365);
    return isRealDate(year, this.at(PLACE.month), this.at(PLACE.day));
  }

  get days(): number {
    const ordinal = this.at(PLACE.ordinal);
    return ordinal > 0
      ? daysFromCivil(this.year, 1, 1) + ordinal - 1
      : daysFromCivil(this.year, this.at(PLACE.month), this.at(PLACE.day));
  }

  get seconds(): number {
    const twelve = this.at(PLACE.twelve);
    const hour = twelve > 0 ? (twelve % 12) + this.at(PLACE.afternoon) * 12 : this.at(PLACE.hour);
    return hour * 3600 + this.at(PLACE.minute) * 60 + this.at(PLACE.second);
  }
}

/**
 * Reads from `at` on into `parts`. Answers where it has ended, or -1 where it is not certain. Unless it is, it has written all
 * the parts that it ever writes.
 */
export type Step = (bytes: Uint8Array, at: number, end: number, parts: Parts) => number;

/** Where the moment is in the order of its kind, without its fraction: in days or seconds. */
export const POSITIONS: Readonly<Record<'date' | 'time' | 'datetime', (parts: Parts) => number>> = {
  date: (parts) => parts.days,
  time: (parts) => parts.seconds,
  datetime: (parts) => parts.days * DAY_SECONDS + parts.seconds - parts.at(PLACE.offset),
};
