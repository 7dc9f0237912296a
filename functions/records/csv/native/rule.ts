import { COMMA, CR, LF, QUOTE } from '../scanner.ts';
import type { Code } from './assembler.ts';
import { and, byte, get, is, or } from './code.ts';

/** Where a rule has its parts, in bytes from its beginning; the bounds are doubles, the others 32-bit integers. */
export const RULE = {
  kind: 0,
  good: 4,
  empty: 8,
  /** Address of what the kind alone has: tables, forms, texts. */
  own: 12,
  /** Other marks of a missing value. Bit n: one has n bytes; and the address of 256 bytes: one begins so. */
  markers: 16,
  markerStarts: 20,
  least: 24,
  most: 32,
  above: 40,
  below: 48,
  /** The first two as integers, for lengths and dates. */
  leastInt: 56,
  mostInt: 60,
  /** A code of weighted characters: addresses of the values and of the check characters, places, modulus, length, hyphen. */
  values: 64,
  checks: 68,
  places: 72,
  modulus: 76,
  length: 80,
  hyphen: 84,
  /** Where in the code a date of birth begins, or 0. */
  birth: 88,
  /** More digits than these are left to `otherwise`; 0: any are good. */
  digits: 92,
  /** Address of what was learned of a pattern, or 0. */
  learned: 96,
  size: 104,
} as const;

export const rule = (part: number): Code => ['i32.load', get('rule'), part];
export const bound = (part: number): Code => ['f64.load', get('rule'), part];
/** Of what the kind alone has: its address is in `own`. */
export const own = (part: number): Code => ['i32.load', get('own'), part];
export const f64 = (value: number): Code => ['f64', String(value)];

export const ZERO = 0x30;
export const digitOf = (at: Code, offset = 0): Code => ['i32.sub', byte(at, offset), ZERO];
export const isDigit = (at: Code, offset = 0): Code => ['i32.lt_u', digitOf(at, offset), 10];
/** The value of two bytes that are digits. */
export const twoDigits = (at: Code, offset = 0): Code => [
  'i32.sub',
  ['i32.add', ['i32.mul', byte(at, offset), 10], byte(at, offset + 1)],
  ZERO * 11,
];

/** A cell may end at the byte in a local. */
export const isEnd = (local: string): Code =>
  or(
    and(get('quoted'), is(get(local), QUOTE)),
    and(['i32.eqz', get('quoted')], or(is(get(local), COMMA), is(get(local), LF), is(get(local), CR))),
  );

export const isMultiple = (value: Code, of: number): Code => ['i32.eqz', ['i32.rem_u', value, of]];
/** 1 in leap years. */
export const leap = (year: Code): Code =>
  and(isMultiple(year, 4), or(['i32.eqz', isMultiple(year, 100)], isMultiple(year, 400)));

/** Leaves for `label` unless `month` and `day` are of a real date in the year `value`; uses `j`. */
export const realDate = (label: string): readonly Code[] => [
  ['br_if', label, or(['i32.eqz', get('day')], ['i32.ge_u', ['i32.sub', get('month'), 1], 12])],
  // Odd months up to July and even ones from August have 31 days.
  ['set', 'j', ['i32.add', 30, and(['i32.add', get('month'), ['i32.shr_u', get('month'), 3]], 1)]],
  ['when', is(get('month'), 2), ['set', 'j', ['i32.add', 28, leap(get('value'))]]],
  ['br_if', label, ['i32.gt_s', get('day'), get('j')]],
];
