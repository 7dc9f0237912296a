import { spelledOut } from '../strptime.ts';
import { digitsEnd, fourDigits, isDigit, twoDigits } from './digits.ts';
import type { Parts, Step } from './parts.ts';

/**
 * A strptime pattern over bytes. Every number has all of its digits here, so that there is one way to read a text: where this
 * one ends well, it is the one that the pattern's regular expression tries first, too.
 */
export function patternSteps(format: string): Step | undefined {
  const steps: Step[] = [];
  const tokens = spelledOut(format).match(/%.|%$|\s+|[^%\s]+/gsu) ?? [];
  if (SAME_PART.some((names) => tokens.filter((token) => names.includes(token)).length > 1)) return undefined;
  for (const token of tokens) {
    const step = stepOf(token);
    if (!step) return undefined;
    steps.push(step);
  }
  return inTurn(steps);
}

/** Where two of a row stand in a pattern, one of them counts. */
const SAME_PART = [
  ['%Y', '%y'],
  ['%m', '%B', '%b'],
  ['%d', '%j'],
];

/** One step after another. */
export function inTurn(steps: readonly Step[]): Step {
  const count = steps.length;
  return (bytes, at, end, parts) => {
    let i = at;
    for (let k = 0; k < count && i >= 0; k += 1) i = steps[k]?.(bytes, i, end, parts) ?? -1;
    return i;
  };
}

function stepOf(token: string): Step | undefined {
  if (/^\s/.test(token)) return blanks;
  if (!token.startsWith('%')) return literal(token);
  return token === '%%' ? literal('%') : DIRECTIVES[token.slice(1)];
}

const BLANK = 0x20;
const blanks: Step = (bytes, at, end) => {
  let i = at;
  while (i < end && bytes[i] === BLANK) i += 1;
  return i === at ? -1 : i;
};

export function literal(text: string): Step {
  const wanted = Buffer.from(text, 'utf8');
  const { length } = wanted;
  const [only] = wanted;
  if (length === 1) return (bytes, at) => (bytes[at] === only ? at + 1 : -1);
  return (bytes, at) => {
    for (let i = 0; i < length; i += 1) if (bytes[at + i] !== wanted[i]) return -1;
    return at + length;
  };
}

type Put = (parts: Parts, value: number) => void;

const number =
  (least: number, most: number, put: Put): Step =>
  (bytes, at, _, parts) => {
    const value = twoDigits(bytes, at);
    if (value < least || value > most) return -1;
    put(parts, value);
    return at + 2;
  };

const year: Step = (bytes, at, _, parts) => {
  parts.year = fourDigits(bytes, at);
  return parts.year < 1 ? -1 : at + 4;
};

/** Of the year: three digits. */
const ordinal: Step = (bytes, at, _, parts) => {
  const tens = twoDigits(bytes, at);
  const ones = twoDigits(bytes, at + 1);
  if ((tens | ones) < 0) return -1;
  parts.ordinal = tens * 10 + (ones % 10);
  return parts.ordinal < 1 ? -1 : at + 3;
};

const MOST_FRACTION = 6;
const fraction: Step = (bytes, at, end, parts) => {
  parts.fraction = 1;
  const i = digitsEnd(bytes, at, Math.min(end, at + MOST_FRACTION));
  return i === at ? -1 : i;
};

const PLUS = 0x2b;
const MINUS = 0x2d;
const COLON = 0x3a;
const LETTER_Z = 0x5a;

/** Without seconds. */
const zone: Step = (bytes, at, end, parts) => {
  const sign = bytes[at];
  if (sign === LETTER_Z) return at + 1;
  const colon = bytes[at + 3] === COLON ? 1 : 0;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 3 + colon);
  if ((sign !== PLUS && sign !== MINUS) || (hours | minutes) < 0 || hours > 23 || minutes > 59) return -1;
  const next = at + 5 + colon;
  if (next < end && (bytes[next] === COLON || isDigit(bytes[next]))) return -1;
  parts.offset = (sign === MINUS ? -1 : 1) * (hours * 60 + minutes) * 60;
  return next;
};

/** One of some names in whatever case, none of which begins another. */
function oneOf(names: readonly string[], put: Put = () => undefined): Step {
  const wanted = names.map((name) => Buffer.from(name, 'utf8'));
  return (bytes, at, _, parts) => {
    for (let k = 0; k < wanted.length; k += 1) {
      const name = wanted[k];
      if (!name || !isNamed(name, bytes, at)) continue;
      put(parts, k);
      return at + name.length;
    }
    return -1;
  };
}

const LOWER = 0x20;
function isNamed(name: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < name.length; i += 1) if (((bytes[at + i] ?? 0) | LOWER) !== name[i]) return false;
  return true;
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const DAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const short = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3));
const putMonth: Put = (parts, index) => (parts.month = index + 1);

const DIRECTIVES: Readonly<Record<string, Step>> = {
  Y: year,
  // POSIX: 69-99 are of the 20th century.
  y: number(0, 99, (parts, value) => (parts.year = value + (value < 69 ? 2000 : 1900))),
  m: number(1, 12, (parts, value) => (parts.month = value)),
  d: number(1, 31, (parts, value) => (parts.day = value)),
  H: number(0, 23, (parts, value) => (parts.hour = value)),
  I: number(1, 12, (parts, value) => (parts.twelve = value)),
  M: number(0, 59, (parts, value) => (parts.minute = value)),
  S: number(0, 59, (parts, value) => (parts.second = value)),
  f: fraction,
  p: oneOf(['am', 'pm'], (parts, index) => (parts.afternoon = index)),
  j: ordinal,
  z: zone,
  Z: oneOf(['utc', 'gmt']),
  B: oneOf(MONTHS, putMonth),
  b: oneOf(short(MONTHS), putMonth),
  A: oneOf(DAYS),
  a: oneOf(short(DAYS)),
};
