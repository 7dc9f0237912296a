import type { Constraints } from '../../../schemas/contracts/definition.ts';
import { CODE_CHECKS } from '../checks/index.ts';
import { DOUBLED } from '../csv/scanner.ts';
import { type Column, judge } from '../types/column.ts';
import { asciiMatcher } from '../types/ascii-dfa.ts';
import { daysInMonth } from '../types/moment.ts';
import { formatOf } from '../types/temporal.ts';

/**
 * The fast way through a cell, on its bytes within quotes. It only ever says that a cell is certainly good; everything
 * that it is not sure of goes the slow way. GOOD also says that the bytes are the value's canonical text, GOOD_OTHERWISE
 * that they are not (or may not be), MISSING that the cell is missing and may be.
 */
export type FastCell = (bytes: Buffer, start: number, end: number, flags: number) => number;

export const UNSURE = 0;
export const GOOD = 1;
const GOOD_OTHERWISE = 2;
export const MISSING = 3;

type Test = (bytes: Buffer, start: number, end: number) => number;

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
/** Below 10^15 a double is exact, and so is a quotient of two such numbers compared with another. */
const EXACT_DIGITS = 15;

/** @param width columns of the file, among which memory is shared out. */
export function fastCellOf(column: Column, width: number): FastCell {
  const test = testOf(column, Math.floor(REMEMBERED_IN_ALL / width));
  const missing = [...column.missing].map((text) => Buffer.from(text, 'utf8'));
  const onlyEmpty = missing.length === 1 && missing[0]?.length === 0;
  const whenMissing = column.required ? UNSURE : MISSING;
  const slow = slowTest(column);
  return (bytes, start, end, flags) => {
    if ((flags & DOUBLED) !== 0) return slow(bytes.subarray(start, end).toString('utf8').replaceAll('""', '"'));
    if (onlyEmpty ? start === end : missing.some((marker) => equal(marker, bytes, start, end))) return whenMissing;
    return test(bytes, start, end);
  };
}

/** The slow way's own judgement, for cells that are rare or have no faster test. */
function slowTest(column: Column): (text: string) => number {
  return (text) => {
    const { kind } = judge(column, text);
    if (kind === 'missing') return MISSING;
    return kind === 'good' ? GOOD_OTHERWISE : UNSURE;
  };
}

function equal(marker: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (marker.length !== end - start) return false;
  for (let i = 0; i < marker.length; i += 1) if (marker[i] !== bytes[start + i]) return false;
  return true;
}

function testOf(column: Column, room: number): Test {
  const { field } = column;
  const rest = Object.keys(field.constraints ?? {}).filter((name) => name !== 'required' && name !== 'unique');
  const only = (...names: string[]): boolean =>
    field.categories === undefined && rest.every((name) => names.includes(name));
  const plain = formatOf(field.format) === 'default';
  if (field.type === 'any' && only()) return () => GOOD;
  if (field.type === 'string' && plain && only('minLength', 'maxLength', 'pattern')) return stringTest(column, room);
  if (field.type === 'date' && plain && only('minimum', 'maximum')) return dateTest(field.constraints ?? {}, column);
  const bare = field.groupChar === undefined && field.bareNumber !== false && (field.decimalChar ?? '.') === '.';
  const bounds =
    bare && only('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum')
      ? numericBounds(field.constraints)
      : undefined;
  if (bounds && (field.type === 'integer' || field.type === 'number'))
    return numberTest(field.type === 'number', bounds, column);
  if (field.type === 'string' || field.type === 'boolean') return rememberingTest(column, room);
  return generalTest(column);
}

function stringTest(column: Column, room: number): Test {
  const { constraints, check } = column.field;
  const pattern = constraints?.pattern;
  const matches = pattern === undefined ? undefined : asciiMatcher(pattern);
  const otherwise = pattern === undefined ? () => UNSURE : rememberingTest(column, room);
  if (pattern !== undefined && !matches) return otherwise;
  const least = constraints?.minLength ?? 0;
  const most = constraints?.maxLength ?? Number.POSITIVE_INFINITY;
  const code = check && CODE_CHECKS[check];
  return (bytes, start, end) => {
    // A character takes one to four bytes: most lengths are settled without counting.
    const size = end - start;
    if (size > most || size < least * 4) {
      const length = characters(bytes, start, end);
      if (length < least || length > most) return UNSURE;
    }
    if (matches && !matches(bytes, start, end)) return otherwise(bytes, start, end);
    return code === undefined || code(bytes, start, end) ? GOOD : UNSURE;
  };
}

function characters(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i += 1) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) count += 1;
  return count;
}

const generalTest = (column: Column): Test => {
  const slow = slowTest(column);
  return (bytes, start, end) => slow(bytes.toString('utf8', start, end));
};

/** How many values all columns together remember, and how long they may be: codes and names of places come again and again. */
const REMEMBERED_IN_ALL = 100_000;
const REMEMBERED_BYTES = 64;

/** Patterns and lists: the judgement of a value is kept, for columns whose values repeat. */
function rememberingTest(column: Column, room: number): Test {
  const slow = slowTest(column);
  const canonical = column.field.type === 'string' ? GOOD : GOOD_OTHERWISE;
  let known = new Map<string, number>();
  return (bytes, start, end) => {
    const text = bytes.toString('utf8', start, end);
    const before = known.get(text);
    if (before !== undefined) return before;
    const judged = slow(text) === GOOD_OTHERWISE ? canonical : UNSURE;
    if (end - start > REMEMBERED_BYTES) return judged;
    if (known.size >= room) known = new Map();
    known.set(text, judged);
    return judged;
  };
}

interface Bounds {
  readonly least: number;
  readonly above: number;
  readonly most: number;
  readonly below: number;
}

/** Bounds that a double holds exactly, or undefined. */
function numericBounds(constraints: Constraints = {}): Bounds | undefined {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = constraints;
  const stated = [minimum, exclusiveMinimum, maximum, exclusiveMaximum];
  const exact = stated.every(
    (bound) => bound === undefined || /^-?\d{1,15}$|^-?(?=[\d.]{2,16}$)\d+\.\d+$/.test(String(bound)),
  );
  if (!exact) return undefined;
  return {
    least: Number(minimum ?? Number.NEGATIVE_INFINITY),
    above: Number(exclusiveMinimum ?? Number.NEGATIVE_INFINITY),
    most: Number(maximum ?? Number.POSITIVE_INFINITY),
    below: Number(exclusiveMaximum ?? Number.POSITIVE_INFINITY),
  };
}

/** `-12`, `3.50`: sign, digits, at most one point between digits. Anything more unusual goes the slow way. */
function numberTest(decimals: boolean, { least, above, most, below }: Bounds, column: Column): Test {
  const general = generalTest(column);
  return (bytes, start, end) => {
    const negative = bytes[start] === MINUS;
    const first = negative ? start + 1 : start;
    if (end - first > EXACT_DIGITS || first === end) return general(bytes, start, end);
    let digits = 0;
    let scale = 0;
    for (let i = first; i < end; i += 1) {
      const digit = (bytes[i] ?? 0) - ZERO;
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        if (scale > 0) scale *= 10;
      } else if (decimals && bytes[i] === POINT && scale === 0 && i > first && i + 1 < end) {
        scale = 1;
      } else {
        return general(bytes, start, end);
      }
    }
    const size = scale > 1 ? digits / scale : digits;
    const value = negative ? -size : size;
    if (value < least || value > most || value <= above || value >= below) return UNSURE;
    return scale > 0 || (bytes[first] === ZERO && (negative || end - first > 1)) ? GOOD_OTHERWISE : GOOD;
  };
}

function dateTest({ minimum, maximum }: Constraints, column: Column): Test {
  const least = Number(String(minimum ?? '0000-00-00').replaceAll('-', ''));
  const most = Number(String(maximum ?? '9999-12-31').replaceAll('-', ''));
  const general = generalTest(column);
  return (bytes, start, end) => {
    if (end - start !== 10 || bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS)
      return general(bytes, start, end);
    let value = 0;
    for (let i = 0; i < 10; i += 1) {
      if (i === 4 || i === 7) continue;
      const digit = (bytes[start + i] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return UNSURE;
      value = value * 10 + digit;
    }
    const year = Math.floor(value / 10_000);
    const month = Math.floor(value / 100) % 100;
    const day = value % 100;
    if (year === 0 || month === 0 || month > 12 || day === 0 || day > daysInMonth(year, month)) return UNSURE;
    return value >= least && value <= most ? GOOD : UNSURE;
  };
}
