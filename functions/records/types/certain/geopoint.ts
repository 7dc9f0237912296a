import { patternTable } from '../patterns/ascii-dfa.ts';
import type { ByteTable } from '../byte-table.ts';
import type { Certain } from './contract.ts';
import { digitsEnd, isDigit } from './digits.ts';
import {
  blanksEnd,
  CLOSE_OBJECT,
  COMMA,
  inQuotes,
  isAt,
  MINUS,
  OPEN_OBJECT,
  POINT,
  valueStart,
  ZERO,
} from './json-bytes.ts';

const HALF_TURN = 180;
const QUARTER_TURN = 90;

const DEGREES = String.raw`(\.[0-9]+)?`;
const LONGITUDE = `-?([0-9]|[1-9][0-9]|1[0-7][0-9])${DEGREES}`;
const LATITUDE = `-?([0-9]|[1-8][0-9])${DEGREES}`;
const PATTERNS: Readonly<Record<string, string>> = {
  default: `${LONGITUDE}, ?${LATITUDE}`,
  array: String.raw`\[ *${LONGITUDE} *, *${LATITUDE} *\]`,
};
const tables = new Map<string, ByteTable | undefined>();

/** The point that `geopointType` reads in a format without quotes, written plainly, as a table of bytes. */
export function geopointTable(format = 'default'): ByteTable | undefined {
  const pattern = Object.hasOwn(PATTERNS, format) ? PATTERNS[format] : undefined;
  if (pattern !== undefined && !tables.has(format)) tables.set(format, patternTable(pattern));
  return tables.get(format);
}

/** The point of the format `object`, written plainly: longitude first or last. */
export const certainPoint: Certain = (bytes, start, end, doubled) => {
  if (!doubled || bytes[start] !== OPEN_OBJECT || bytes[end - 1] !== CLOSE_OBJECT) return false;
  const last = end - 1;
  const [first, second] = isAt(LON.text, bytes, blanksEnd(bytes, start + 1, last)) ? [LON, LAT] : [LAT, LON];
  let i = member(bytes, start + 1, last, first);
  if (i < 0 || i >= last || bytes[i] !== COMMA) return false;
  i = member(bytes, i + 1, last, second);
  return i === last;
};

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
