import { daysFromCivil, isLeapYear, isRealDate } from '../moment.ts';

const DAY_SECONDS = 86_400;

/** What has been read of a moment. */
export class Parts {
  year = 1900;
  month = 1;
  day = 1;
  /** Day of the year, or 0. */
  ordinal = 0;
  hour = 0;
  /** Hour of a clock of twelve, or 0. */
  twelve = 0;
  afternoon = 0;
  minute = 0;
  second = 0;
  /** 1 if there are digits behind the second. */
  fraction = 0;
  /** Seconds from UTC. */
  offset = 0;

  /** To what a pattern has that lacks a part. */
  clear(): void {
    this.year = 1900;
    this.month = this.day = 1;
    this.ordinal = 0;
    this.clearClock();
  }

  clearClock(): void {
    this.hour = this.twelve = this.afternoon = this.minute = this.second = this.fraction = this.offset = 0;
  }

  get isReal(): boolean {
    if (this.year < 1) return false;
    return this.ordinal > 0
      ? this.ordinal <= (isLeapYear(this.year) ? 366 : 365)
      : isRealDate(this.year, this.month, this.day);
  }

  get days(): number {
    return this.ordinal > 0
      ? daysFromCivil(this.year, 1, 1) + this.ordinal - 1
      : daysFromCivil(this.year, this.month, this.day);
  }

  get seconds(): number {
    const hour = this.twelve > 0 ? (this.twelve % 12) + this.afternoon * 12 : this.hour;
    return hour * 3600 + this.minute * 60 + this.second;
  }
}

/** Reads from `at` on into `parts`. Answers where it has ended, or -1 where it is not certain. */
export type Step = (bytes: Uint8Array, at: number, end: number, parts: Parts) => number;

/** Where the moment is in the order of its kind, without its fraction: in days or seconds. */
export type Position = (parts: Parts) => number;

export const POSITIONS: Readonly<Record<'date' | 'time' | 'datetime', Position>> = {
  date: (parts) => parts.days,
  time: (parts) => parts.seconds,
  datetime: (parts) => parts.days * DAY_SECONDS + parts.seconds - parts.offset,
};
