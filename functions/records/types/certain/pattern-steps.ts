import { spelledOut } from '../strptime.ts';
import { digitsEnd, isDigit, twoDigits } from './digits.ts';
import { type Parts, PLACE, type Step } from './parts.ts';

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
const LEAST = new Int32Array(Object.keys(PLACE).length);
const MOST = new Int32Array(LEAST.length);
for (const [, place, least, most] of NUMBERS) {
  LEAST[place] = least;
  MOST[place] = most;
}

/** What comes next in a text: a byte, two digits for a place, or what a step reads. */
type Piece = number | Step;
const placeOf = (place: number): number => FIRST_PLACE + place;
const FIRST_PLACE = 256;
const FIRST_STEP = 512;

/**
 * A strptime pattern over bytes. Every number has all of its digits here, so that there is one way to read a text: where this
 * one ends well, it is the one that the pattern's regular expression tries first, too.
 */
export function patternSteps(format: string): Step | undefined {
  const tokens = spelledOut(format).match(/%.|%$|\s+|[^%\s]+/gsu) ?? [];
  if (SAME_PART.some((names) => tokens.filter((token) => names.includes(token)).length > 1)) return undefined;
  const pieces: Piece[] = [];
  for (const token of tokens) {
    const made = piecesOf(token);
    if (!made) return undefined;
    pieces.push(...made);
  }
  return program(pieces);
}

/** Where two of a row stand in a pattern, one of them counts. */
const SAME_PART = [
  ['%Y', '%y'],
  ['%m', '%B', '%b'],
  ['%d', '%j'],
];

/** In one loop over numbers: a call for each of them takes three times as long. */
function program(pieces: readonly Piece[]): Step {
  const steps = pieces.filter((piece) => typeof piece === 'function');
  const codes = Uint16Array.from(pieces, (piece) =>
    typeof piece === 'number' ? piece : FIRST_STEP + steps.indexOf(piece),
  );
  return (bytes, at, end, parts) => {
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
        i = steps[code - FIRST_STEP]?.(bytes, i, end, parts) ?? -1;
        if (i < 0) return -1;
      }
    }
    return i;
  };
}

function piecesOf(token: string): readonly Piece[] | undefined {
  if (/^\s/.test(token)) return [blanks];
  if (!token.startsWith('%')) return [...Buffer.from(token, 'utf8')];
  return DIRECTIVES[token.slice(1)];
}

const BLANK = 0x20;
const blanks: Step = (bytes, at, end) => {
  let i = at;
  while (i < end && bytes[i] === BLANK) i += 1;
  return i === at ? -1 : i;
};

type Put = (parts: Parts, value: number) => void;

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
  parts.set(PLACE.fraction, 1);
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

/** One of some names in whatever case, none of which begins another; their first letters tell which it may be. */
function oneOf(names: readonly string[], put: Put = () => undefined): Step {
  const wanted = names.map((name) => Buffer.from(name, 'utf8'));
  const letters = Math.min(3, ...wanted.map(({ length }) => length));
  const beginnings = Int32Array.from(wanted, (name) => lettersAt(name, 0, letters));
  return (bytes, at, _, parts) => {
    const index = beginnings.indexOf(lettersAt(bytes, at, letters));
    const name = wanted[index];
    if (!name || !isNamed(name, bytes, at)) return -1;
    put(parts, index);
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

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const DAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const short = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3));
const putMonth: Put = (parts, index) => parts.set(PLACE.month, index + 1);

const DIRECTIVES: Readonly<Record<string, readonly Piece[]>> = {
  ...Object.fromEntries(
    NUMBERS.flatMap(([directive, place]) => (directive === '' ? [] : [[directive, [placeOf(place)]]])),
  ),
  Y: [placeOf(PLACE.century), placeOf(PLACE.yearOfCentury)],
  y: [shortYear],
  f: [fraction],
  p: [oneOf(['am', 'pm'], (parts, index) => parts.set(PLACE.afternoon, index))],
  j: [ordinal],
  z: [zone],
  Z: [oneOf(['utc', 'gmt'])],
  B: [oneOf(MONTHS, putMonth)],
  b: [oneOf(short(MONTHS), putMonth)],
  A: [oneOf(DAYS)],
  a: [oneOf(short(DAYS))],
  '%': [...Buffer.from('%', 'utf8')],
};
