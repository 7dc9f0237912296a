import { dayIn } from '../../kernel/time.ts';

/** The month (`YYYY-MM`) that an instant falls in, in a time zone (IANA name). */
export const monthIn = (timeZone: string, instant: string): string => dayIn(timeZone, instant).slice(0, 7);

const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

const monthOf = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;

export const monthsBefore = (month: string, months: number): string => monthOf(Math.max(0, numberOf(month) - months));

/** How many months a period has, both ends included; 0 or less where it ends before it begins. */
export const lengthOf = (from: string, to: string): number => numberOf(to) - numberOf(from) + 1;

/** Every month of a period, both ends included. */
export const monthsOf = (from: string, to: string): readonly string[] =>
  Array.from({ length: Math.max(0, lengthOf(from, to)) }, (_, index) => monthOf(numberOf(from) + index));
