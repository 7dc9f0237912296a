import type { Certain } from './contract.ts';
import { digitsEnd, isDigit } from './digits.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const BLANK = 0x20;
const HALF_TURN = 180;
const QUARTER_TURN = 90;

/** The point that `geopointType` reads in this format, written plainly. */
export const certainGeopoint = (format = 'default'): Certain | undefined =>
  Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;

const pair: Certain = (bytes, start, end) => {
  let i = degrees(bytes, start, end, HALF_TURN);
  if (i < 0 || i >= end || bytes[i] !== COMMA) return false;
  i += bytes[i + 1] === BLANK ? 2 : 1;
  return degrees(bytes, i, end, QUARTER_TURN) === end;
};

const array: Certain = (bytes, start, end) => {
  if (bytes[start] !== 0x5b || bytes[end - 1] !== 0x5d) return false;
  const last = end - 1;
  let i = degrees(bytes, blanksEnd(bytes, start + 1, last), last, HALF_TURN);
  if (i < 0) return false;
  i = blanksEnd(bytes, i, last);
  if (i >= last || bytes[i] !== COMMA) return false;
  i = degrees(bytes, blanksEnd(bytes, i + 1, last), last, QUARTER_TURN);
  return i >= 0 && blanksEnd(bytes, i, last) === last;
};

/** Longitude first or last. */
const object: Certain = (bytes, start, end, doubled) => {
  if (!doubled || bytes[start] !== 0x7b || bytes[end - 1] !== 0x7d) return false;
  const last = end - 1;
  const lonFirst = nameEnd(bytes, blanksEnd(bytes, start + 1, last), LON) > 0;
  const [first, second] = lonFirst ? [LON, LAT] : [LAT, LON];
  let i = member(bytes, start + 1, last, first);
  if (i < 0 || i >= last || bytes[i] !== COMMA) return false;
  i = member(bytes, i + 1, last, second);
  return i === last;
};

const FORMATS: Readonly<Record<string, Certain>> = { default: pair, array, object };

interface Name {
  readonly text: Uint8Array;
  readonly turn: number;
}
const LON: Name = { text: Buffer.from('lon'), turn: HALF_TURN };
const LAT: Name = { text: Buffer.from('lat'), turn: QUARTER_TURN };

/** A member with the blanks around it. */
function member(bytes: Uint8Array, at: number, end: number, name: Name): number {
  let i = nameEnd(bytes, blanksEnd(bytes, at, end), name);
  if (i < 0) return -1;
  i = blanksEnd(bytes, i, end);
  if (bytes[i] !== 0x3a) return -1;
  i = degrees(bytes, blanksEnd(bytes, i + 1, end), end, name.turn);
  return i < 0 ? -1 : blanksEnd(bytes, i, end);
}

/** Within doubled quotes. */
function nameEnd(bytes: Uint8Array, at: number, { text }: Name): number {
  const isQuoted = bytes[at] === QUOTE && bytes[at + 1] === QUOTE && bytes[at + 5] === QUOTE && bytes[at + 6] === QUOTE;
  return isQuoted && bytes[at + 2] === text[0] && bytes[at + 3] === text[1] && bytes[at + 4] === text[2] ? at + 7 : -1;
}

function blanksEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && bytes[i] === BLANK) i += 1;
  return i;
}

/** A number as JSON has it, without exponent, that is certainly within a turn both ways. */
function degrees(bytes: Uint8Array, at: number, end: number, turn: number): number {
  const first = bytes[at] === MINUS ? at + 1 : at;
  let i = first;
  let whole = 0;
  for (; i < end && i - first < 4 && isDigit(bytes[i]); i += 1) whole = whole * 10 + (bytes[i] ?? 0) - ZERO;
  if (i === first || whole >= turn || (bytes[first] === ZERO && i - first > 1)) return -1;
  if (i >= end || bytes[i] !== POINT) return i;
  const from = i + 1;
  i = digitsEnd(bytes, from, end);
  return i === from ? -1 : i;
}
