import { spelledOut } from '../strptime.ts';
import { digitsEnd, isDigit, twoDigits } from './digits.ts';
import { PLACE, type Step } from './parts.ts';
import { isoFraction, isoZone } from './standard.ts';

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

/** In one loop over numbers: a call for each of them takes three times as long. */
export const stepOf =
  (codes: Codes): Step =>
  (bytes, at, end, parts) => {
    const { numbers } = parts;
    let i = at;
    for (let k = 0; k < codes.length; k += 1) {
      const code = codes[k] ?? 0;
      if (code < FIRST_PLACE) {
        if (bytes[i] !== code) return -1;
        i += 1;
      } else if (code < FIRST_STEP) {
        const place = code - FIRST_PLACE;
        const value = twoDigits(bytes, i);
        if (value < (LEAST[place] ?? 0) || value > (MOST[place] ?? 0)) return -1;
        numbers[place] = value;
        i += 2;
      } else {
        i = STEPS[code - FIRST_STEP]?.(bytes, i, end, parts) ?? -1;
        if (i < 0) return -1;
      }
    }
    return i;
  };

function codesOf(token: string): readonly number[] | undefined {
  if (/^\s/.test(token)) return [STEP.blanks];
  if (!token.startsWith('%')) return [...Buffer.from(token, 'utf8')];
  return DIRECTIVES[token.slice(1)];
}

const BLANK = 0x20;
const blanks: Step = (bytes, at, end) => {
  let i = at;
  while (i < end && bytes[i] === BLANK) i += 1;
  return i === at ? -1 : i;
};

/** POSIX: 69-99 are of the 20th century. */
const shortYear: Step = (bytes, at, _, parts) => {
  const value = twoDigits(bytes, at);
  if (value < 0) return -1;
  parts.setYear(value + (value < 69 ? 2000 : 1900));
  return at + 2;
};

/** Of the year: three digits. */
const ordinal: Step = (bytes, at, _, parts) => {
  const tens = twoDigits(bytes, at);
  const ones = twoDigits(bytes, at + 1);
  const day = tens * 10 + (ones % 10);
  if ((tens | ones) < 0 || day < 1) return -1;
  parts.set(PLACE.ordinal, day);
  return at + 3;
};

const MOST_FRACTION = 6;
const fraction: Step = (bytes, at, end, parts) => {
  const i = digitsEnd(bytes, at, Math.min(end, at + MOST_FRACTION));
  parts.setFraction(at, i);
  return i === at ? -1 : i;
};

const PLUS = 0x2b;
const MINUS = 0x2d;
const COLON = 0x3a;
const LETTER_Z = 0x5a;

/** Without seconds. */
const zone: Step = (bytes, at, end, parts) => {
  const sign = bytes[at];
  parts.set(PLACE.offset, 0);
  if (sign === LETTER_Z) return at + 1;
  const colon = bytes[at + 3] === COLON ? 1 : 0;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 3 + colon);
  if ((sign !== PLUS && sign !== MINUS) || (hours | minutes) < 0 || hours > 23 || minutes > 59) return -1;
  const next = at + 5 + colon;
  if (next < end && (bytes[next] === COLON || isDigit(bytes[next]))) return -1;
  parts.set(PLACE.offset, (sign === MINUS ? -1 : 1) * (hours * 60 + minutes) * 60);
  return next;
};

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

/** In whatever case; the first letters tell which name it may be. */
function oneOf({ names, place, least }: Names): Step {
  const wanted = names.map((name) => Buffer.from(name, 'utf8'));
  const letters = Math.min(3, ...wanted.map(({ length }) => length));
  const beginnings = Int32Array.from(wanted, (name) => lettersAt(name, 0, letters));
  return (bytes, at, _, parts) => {
    const index = beginnings.indexOf(lettersAt(bytes, at, letters));
    const name = wanted[index];
    if (!name || !isNamed(name, bytes, at)) return -1;
    if (place !== undefined) parts.set(place, index + least);
    return at + name.length;
  };
}

const LOWER = 0x20;

function lettersAt(bytes: Uint8Array, at: number, count: number): number {
  let letters = 0;
  for (let i = at; i < at + count; i += 1) letters = (letters << 8) | ((bytes[i] ?? 0) | LOWER);
  return letters;
}

function isNamed(name: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < name.length; i += 1) if (((bytes[at + i] ?? 0) | LOWER) !== name[i]) return false;
  return true;
}

/** In the order of `STEP`. */
const STEPS: readonly Step[] = [blanks, shortYear, ordinal, fraction, zone, isoFraction, isoZone, ...NAMES.map(oneOf)];

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

/** XML Schema's forms, as `standard.ts` reads them. */
export const STANDARD_CODES = {
  date: standard('%Y-%m-%d'),
  time: standard('%H:%M:%S'),
  datetime: standard('%Y-%m-%dT%H:%M:%S', STEP.isoFraction, STEP.isoZone),
  year: standard('%Y', STEP.isoZone),
  yearmonth: standard('%Y-%m', STEP.isoZone),
} as const;
