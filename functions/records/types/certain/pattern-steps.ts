import { spelledOut } from '../strptime.ts';
import { PLACE } from './parts.ts';

/** Two digits for each of some places: the least and the most that may stand there. */
const NUMBERS: readonly (readonly [directive: string, place: number, least: number, most: number])[] = [
  ['m', PLACE.month, 1, 12],
  ['d', PLACE.day, 1, 31],
  ['H', PLACE.hour, 0, 23],
  ['I', PLACE.twelve, 1, 12],
  ['M', PLACE.minute, 0, 59],
  ['S', PLACE.second, 0, 59],
  ['', PLACE.century, 0, 99],
  ['', PLACE.yearOfCentury, 0, 99],
];
export const LEAST = new Int32Array(Object.keys(PLACE).length);
export const MOST = new Int32Array(LEAST.length);
for (const [, place, least, most] of NUMBERS) {
  LEAST[place] = least;
  MOST[place] = most;
}

/** What comes next in a text: a byte, two digits for a place, or what one of `STEPS` reads. */
export type Codes = Uint16Array;
export const FIRST_PLACE = 256;
export const FIRST_STEP = 512;

/** The steps of which there is one each; those of `NAMES` follow. */
export const STEP = {
  blanks: FIRST_STEP,
  shortYear: FIRST_STEP + 1,
  ordinal: FIRST_STEP + 2,
  fraction: FIRST_STEP + 3,
  zone: FIRST_STEP + 4,
  isoFraction: FIRST_STEP + 5,
  isoZone: FIRST_STEP + 6,
  names: FIRST_STEP + 7,
} as const;

/**
 * A strptime pattern over bytes. Every number has all of its digits here, so that there is one way to read a text: where this
 * one ends well, it is the one that the pattern's regular expression tries first, too.
 */
export function patternCodes(format: string): Codes | undefined {
  const tokens = spelledOut(format).match(/%.|%$|\s+|[^%\s]+/gsu) ?? [];
  if (SAME_PART.some((names) => tokens.filter((token) => names.includes(token)).length > 1)) return undefined;
  const codes: number[] = [];
  for (const token of tokens) {
    const made = codesOf(token);
    if (!made) return undefined;
    codes.push(...made);
  }
  return Uint16Array.from(codes);
}

/** Where two of a row stand in a pattern, one of them counts. */
const SAME_PART = [
  ['%Y', '%y'],
  ['%m', '%B', '%b'],
  ['%d', '%j'],
];

function codesOf(token: string): readonly number[] | undefined {
  if (/^\s/.test(token)) return [STEP.blanks];
  if (!token.startsWith('%')) return [...Buffer.from(token, 'utf8')];
  return DIRECTIVES[token.slice(1)];
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const DAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const short = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3));

/** One of some names, none of which begins another; its place in the row, with `least` added, is what it says of a part. */
export interface Names {
  readonly directive: string;
  readonly names: readonly string[];
  readonly place?: number;
  readonly least: number;
}
export const NAMES: readonly Names[] = [
  { directive: 'p', names: ['am', 'pm'], place: PLACE.afternoon, least: 0 },
  { directive: 'Z', names: ['utc', 'gmt'], least: 0 },
  { directive: 'B', names: MONTHS, place: PLACE.month, least: 1 },
  { directive: 'b', names: short(MONTHS), place: PLACE.month, least: 1 },
  { directive: 'A', names: DAYS, least: 0 },
  { directive: 'a', names: short(DAYS), least: 0 },
];

const digitsFor = (place: number): number => FIRST_PLACE + place;
const YEAR = [digitsFor(PLACE.century), digitsFor(PLACE.yearOfCentury)];

const DIRECTIVES: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(
    NUMBERS.flatMap(([directive, place]) => (directive === '' ? [] : [[directive, [digitsFor(place)]]])),
  ),
  ...Object.fromEntries(NAMES.map(({ directive }, i) => [directive, [STEP.names + i]])),
  Y: YEAR,
  y: [STEP.shortYear],
  f: [STEP.fraction],
  j: [STEP.ordinal],
  z: [STEP.zone],
  '%': [...Buffer.from('%', 'utf8')],
};

const standard = (format: string, ...behind: readonly number[]): Codes =>
  Uint16Array.from([...(patternCodes(format) ?? []), ...behind]);

/** XML Schema's forms, of a year of four digits, without 24:00:00 and leap seconds. */
export const STANDARD_CODES = {
  date: standard('%Y-%m-%d'),
  time: standard('%H:%M:%S'),
  datetime: standard('%Y-%m-%dT%H:%M:%S', STEP.isoFraction, STEP.isoZone),
  year: standard('%Y', STEP.isoZone),
  yearmonth: standard('%Y-%m', STEP.isoZone),
} as const;
