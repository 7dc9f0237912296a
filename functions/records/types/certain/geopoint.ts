import { patternTable } from '../ascii-dfa.ts';
import type { ByteTable } from '../byte-table.ts';
import type { Certain } from './contract.ts';
import { digitsEnd, isDigit } from './digits.ts';
import {
  BLANK,
  blanksEnd,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  inQuotes,
  isAt,
  MINUS,
  OPEN_LIST,
  OPEN_OBJECT,
  POINT,
  valueStart,
  ZERO,
} from './json-bytes.ts';

const HALF_TURN = 180;
const QUARTER_TURN = 90;

/** The point that `geopointType` reads in this format, written plainly. */
export const certainGeopoint = (format = 'default'): Certain | undefined =>
  Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;

const DEGREES = String.raw`(\.[0-9]+)?`;
const LONGITUDE = `-?([0-9]|[1-9][0-9]|1[0-7][0-9])${DEGREES}`;
const LATITUDE = `-?([0-9]|[1-8][0-9])${DEGREES}`;
const PATTERNS: Readonly<Record<string, string>> = {
  default: `${LONGITUDE}, ?${LATITUDE}`,
  array: String.raw`\[ *${LONGITUDE} *, *${LATITUDE} *\]`,
};
const tables = new Map<string, ByteTable | undefined>();

/** The same as a table, for the formats without quotes. */
export function geopointTable(format = 'default'): ByteTable | undefined {
  const pattern = Object.hasOwn(PATTERNS, format) ? PATTERNS[format] : undefined;
  if (pattern !== undefined && !tables.has(format)) tables.set(format, patternTable(pattern));
  return tables.get(format);
}

const pair: Certain = (bytes, start, end) => {
  let i = degrees(bytes, start, end, HALF_TURN);
  if (i < 0 || i >= end || bytes[i] !== COMMA) return false;
  i += bytes[i + 1] === BLANK ? 2 : 1;
  return degrees(bytes, i, end, QUARTER_TURN) === end;
};

const array: Certain = (bytes, start, end) => {
  if (bytes[start] !== OPEN_LIST || bytes[end - 1] !== CLOSE_LIST) return false;
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
  if (!doubled || bytes[start] !== OPEN_OBJECT || bytes[end - 1] !== CLOSE_OBJECT) return false;
  const last = end - 1;
  const [first, second] = isAt(LON.text, bytes, blanksEnd(bytes, start + 1, last)) ? [LON, LAT] : [LAT, LON];
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
const LON: Name = { text: inQuotes('lon'), turn: HALF_TURN };
const LAT: Name = { text: inQuotes('lat'), turn: QUARTER_TURN };

/** A member with the blanks around it. */
function member(bytes: Uint8Array, at: number, end: number, { text, turn }: Name): number {
  let i = blanksEnd(bytes, at, end);
  if (!isAt(text, bytes, i)) return -1;
  i = valueStart(bytes, i + text.length, end);
  i = i < 0 ? -1 : degrees(bytes, i, end, turn);
  return i < 0 ? -1 : blanksEnd(bytes, i, end);
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
