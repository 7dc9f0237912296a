import { digitsEnd, isDigit } from './digits.ts';

/**
 * JSON on the bytes of a cell of CSV, in which each quote stands twice. A reader answers where what begins at `at` has ended, or
 * -1 where it is not certain. Only blanks stand between tokens.
 */
export type JsonReader = (bytes: Uint8Array, at: number, end: number) => number;

export const QUOTE = 0x22;
export const COMMA = 0x2c;
const COLON = 0x3a;
export const MINUS = 0x2d;
export const POINT = 0x2e;
export const ZERO = 0x30;
export const BLANK = 0x20;
const BACKSLASH = 0x5c;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
/** Far from what a double cannot hold. */
const MOST_DIGITS = 30;
const MAX_DEPTH = 32;

export function blanksEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && bytes[i] === BLANK) i += 1;
  return i;
}

/** Without an exponent. */
export const numberEnd: JsonReader = (bytes, at, end) => {
  const first = bytes[at] === MINUS ? at + 1 : at;
  let i = digitsEnd(bytes, first, end);
  if (i === first || (bytes[first] === ZERO && i - first > 1)) return -1;
  if (i < end && bytes[i] === POINT) {
    const from = i + 1;
    i = digitsEnd(bytes, from, end);
    if (i === from) return -1;
  }
  return i - at > MOST_DIGITS || isExponent(bytes[i]) ? -1 : i;
};

const isExponent = (byte: number | undefined): boolean => ((byte ?? 0) | 0x20) === 0x65;

/** Without escapes. */
export const stringEnd: JsonReader = (bytes, at, end) => {
  if (bytes[at] !== QUOTE || bytes[at + 1] !== QUOTE) return -1;
  for (let i = at + 2; i + 1 < end; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === BACKSLASH || byte < BLANK) return -1;
    if (byte === QUOTE) return bytes[i + 1] === QUOTE ? i + 2 : -1;
  }
  return -1;
};

/** Which of some texts, in bytes with their quotes, stands at `at`; -1 if none does. */
export function tokenAt(tokens: readonly Uint8Array[], bytes: Uint8Array, at: number): number {
  for (let k = 0; k < tokens.length; k += 1) if (tokens[k] && isAt(tokens[k] ?? NOTHING, bytes, at)) return k;
  return -1;
}

const NOTHING = new Uint8Array(0);

/** Whether the token stands at `at`. */
export function isAt(token: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < token.length; i += 1) if (bytes[at + i] !== token[i]) return false;
  return true;
}

export const inQuotes = (text: string): Uint8Array => Buffer.from(`""${text}""`, 'utf8');

/** A list of what `item` reads, `least` of them at least. */
export const listEnd = (item: JsonReader, least: number): JsonReader => {
  return (bytes, at, end) => {
    if (bytes[at] !== OPEN_LIST) return -1;
    let i = blanksEnd(bytes, at + 1, end);
    if (bytes[i] === CLOSE_LIST) return least === 0 ? i + 1 : -1;
    for (let count = 1; ; count += 1) {
      i = item(bytes, i, end);
      if (i < 0) return -1;
      i = blanksEnd(bytes, i, end);
      if (bytes[i] === CLOSE_LIST) return count >= least && i < end ? i + 1 : -1;
      if (i >= end || bytes[i] !== COMMA) return -1;
      i = blanksEnd(bytes, i + 1, end);
    }
  };
};

/** An object, empty or not, of whose members `member` reads each: its name, the colon and its value. */
export const objectEnd = (member: JsonReader): JsonReader => {
  return (bytes, at, end) => {
    if (bytes[at] !== OPEN_OBJECT) return -1;
    let i = blanksEnd(bytes, at + 1, end);
    if (bytes[i] === CLOSE_OBJECT) return i + 1;
    for (;;) {
      i = member(bytes, i, end);
      if (i < 0) return -1;
      i = blanksEnd(bytes, i, end);
      if (bytes[i] === CLOSE_OBJECT) return i < end ? i + 1 : -1;
      if (i >= end || bytes[i] !== COMMA) return -1;
      i = blanksEnd(bytes, i + 1, end);
    }
  };
};

/** Where the value behind a name begins that ends at `at`. */
export function valueStart(bytes: Uint8Array, at: number, end: number): number {
  const i = blanksEnd(bytes, at, end);
  return i < end && bytes[i] === COLON ? blanksEnd(bytes, i + 1, end) : -1;
}

const CONSTANTS = ['true', 'false', 'null'].map((text) => Buffer.from(text, 'utf8'));

/** Any value, whose parts `inner` reads. */
function valueIn(inner: JsonReader): JsonReader {
  const list = listEnd(inner, 0);
  const object = objectOf(inner);
  return (bytes, at, end) => {
    const byte = bytes[at];
    if (byte === QUOTE) return stringEnd(bytes, at, end);
    if (byte === OPEN_OBJECT) return object(bytes, at, end);
    if (byte === OPEN_LIST) return list(bytes, at, end);
    if (byte === MINUS || isDigit(byte)) return numberEnd(bytes, at, end);
    const constant = tokenAt(CONSTANTS, bytes, at);
    return constant < 0 ? -1 : at + (CONSTANTS[constant]?.length ?? 0);
  };
}

function objectOf(value: JsonReader): JsonReader {
  return objectEnd((bytes, at, end) => {
    const name = stringEnd(bytes, at, end);
    const i = name < 0 ? -1 : valueStart(bytes, name, end);
    return i < 0 ? -1 : value(bytes, i, end);
  });
}

/** An object of any members, whose values nest as deep as a geometry may. */
export const anyObjectEnd: JsonReader = objectOf(
  Array.from({ length: MAX_DEPTH }).reduce<JsonReader>(valueIn, () => -1),
);
