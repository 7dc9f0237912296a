import type { Field } from '../../../../schemas/contracts/definition.ts';
import type { Decimal } from '../decimal.ts';
import { literalOf } from '../literal.ts';
import type { LogicalType } from '../logical-type.ts';
import { AroundDigits } from './around-digits.ts';
import type { Certain } from './contract.ts';
import { digitsEnd, isDigit } from './digits.ts';

const PLUS = 0x2b;
const MINUS = 0x2d;
const ZERO = 0x30;
/** `E` and `e` are the same but for this bit. */
const LOWER = 0x20;
const LETTER_E = 0x65;
/** So many digits a double holds exactly, and so many zeros it may have besides. */
const EXACT_DIGITS = 15;
const EXACT_ZEROS = 22;
const POWERS = Float64Array.from({ length: EXACT_ZEROS + 1 }, (_, zeros) => Number(`1e${zeros}`));
const power = (zeros: number): number => POWERS[zeros] ?? 10 ** zeros;
/** More digits of an exponent are left to the judge of texts. */
const EXPONENT_DIGITS = 4;
/** More than the error of all that is computed here. */
const MARGIN = 1e-12;

/** What has been read of a number without its sign, as a double. */
interface Size {
  value: number;
  isExact: boolean;
}

/** Whether a number is in its bounds; it may say no where rounding could decide. */
type InBounds = (value: number, isExact: boolean) => boolean;

/** Integers and numbers, however they are written: with groups, another decimal character, exponents, text around them. */
export function certainNumber(field: Field, type: LogicalType, around: AroundDigits | undefined): Certain {
  const inBounds = boundsOf(field, type);
  const body = bodyReader(pointOf(field), Buffer.from(field.groupChar ?? ''));
  const size: Size = { value: 0, isExact: true };
  const isWhole = (bytes: Uint8Array, start: number, end: number, sign: number): boolean =>
    body(bytes, start, end, size) && (inBounds === undefined || inBounds(sign * size.value, size.isExact));
  return (bytes, start, end, doubled) => {
    if (doubled) return false;
    const first = bytes[start];
    const from = first === MINUS || first === PLUS ? start + 1 : start;
    if (isWhole(bytes, from, end, first === MINUS ? -1 : 1)) return true;
    if (inBounds === undefined && field.type === 'number' && isSpecial(bytes, start, end)) return true;
    if (!around?.find(bytes, start, end)) return false;
    return isWhole(bytes, around.start, around.end, around.sign);
  };
}

const pointOf = ({ type, decimalChar = '.' }: Field): Buffer | undefined =>
  type === 'number' ? Buffer.from(decimalChar) : undefined;

/** What stands around the numbers of a field, if anything may. */
export const aroundOf = (field: Field, type: LogicalType): AroundDigits | undefined =>
  field.bareNumber === false ? new AroundDigits(type, pointOf(field)) : undefined;

/** How a field writes numbers, as data for a program: single bytes, and what stands around. */
export interface DecimalForm {
  /** An integer has none, and no exponent. */
  readonly point: number | undefined;
  readonly group: number | undefined;
  readonly around: AroundDigits | undefined;
  /** Undefined: any number is good. */
  readonly bounds: DecimalBounds | undefined;
}
export interface DecimalBounds {
  readonly least: number;
  readonly most: number;
  readonly above: number;
  readonly below: number;
}

/** Undefined where a character has several bytes, or a double does not hold a bound exactly. */
export function decimalForm(
  field: Field,
  type: LogicalType,
  around: AroundDigits | undefined,
): DecimalForm | undefined {
  const [point, group] = [pointOf(field), field.groupChar === undefined ? undefined : Buffer.from(field.groupChar)];
  if ((point && point.length > 1) || (group && group.length > 1)) return undefined;
  const form = { point: point?.[0], group: group?.[0], around };
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = field.constraints ?? {};
  const stated = [minimum, maximum, exclusiveMinimum, exclusiveMaximum];
  if (stated.every((bound) => bound === undefined)) return { ...form, bounds: undefined };
  const sizes = stated.map((bound) => bound !== undefined && ofBound(literalOf(field, type, bound) as Decimal));
  if (sizes.some((size) => size && (!size.isExact || Number.isNaN(size.value)))) return undefined;
  const [least = -Infinity, most = Infinity, above = -Infinity, below = Infinity] = sizes.map((size) =>
    size ? size.value : undefined,
  );
  return { ...form, bounds: { least, most, above, below } };
}

type BodyReader = (bytes: Uint8Array, start: number, end: number, into: Size) => boolean;

/** Digits, groups of them, a decimal character between digits, an exponent. */
function bodyReader(point: Uint8Array | undefined, group: Uint8Array): BodyReader {
  return (bytes, start, end, into) => {
    if (!(start < end && isDigit(bytes[start]))) return false;
    let digits = 0;
    let count = 0;
    let shift = 0;
    let behind = false;
    let i = start;
    for (; i < end; i += 1) {
      const byte = bytes[i] ?? 0;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) {
        if (count > 0 || digit > 0) count += 1;
        if (count <= EXACT_DIGITS + 2) digits = digits * 10 + digit;
        if (count > EXACT_DIGITS + 2) shift += 1;
        if (behind) shift -= 1;
      } else if (!behind && startsWith(group, bytes, i, end)) {
        i += group.length - 1;
      } else if (point && !behind && startsWith(point, bytes, i, end)) {
        behind = true;
        i += point.length - 1;
      } else {
        break;
      }
    }
    if (i < end) {
      if (!point || ((bytes[i] ?? 0) | LOWER) !== LETTER_E) return false;
      const exponent = exponentAt(bytes, i + 1, end);
      if (Number.isNaN(exponent)) return false;
      shift += exponent;
    }
    into.value = shift < 0 ? digits / power(-shift) : digits * power(shift);
    into.isExact = count <= EXACT_DIGITS && shift <= EXACT_ZEROS && shift >= -EXACT_ZEROS;
    return true;
  };
}

/** Followed by a digit, as groups and decimals are here. */
function startsWith(text: Uint8Array, bytes: Uint8Array, at: number, end: number): boolean {
  const { length } = text;
  if (length === 0 || at + length >= end || bytes[at] !== text[0] || !isDigit(bytes[at + length])) return false;
  for (let i = 1; i < length; i += 1) if (bytes[at + i] !== text[i]) return false;
  return true;
}

function exponentAt(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at];
  const from = first === MINUS || first === PLUS ? at + 1 : at;
  if (from >= end || end - from > EXPONENT_DIGITS || digitsEnd(bytes, from, end) < end) return Number.NaN;
  let value = 0;
  for (let i = from; i < end; i += 1) value = value * 10 + (bytes[i] ?? 0) - ZERO;
  return first === MINUS ? -value : value;
}

/** In any case. */
const isWord = (word: string, bytes: Uint8Array, at: number): boolean =>
  [0, 1, 2].every((i) => ((bytes[at + i] ?? 0) | LOWER) === word.charCodeAt(i));

function isSpecial(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start === 4) return bytes[start] === MINUS && isWord('inf', bytes, start + 1);
  return end - start === 3 && (isWord('nan', bytes, start) || isWord('inf', bytes, start));
}

const ofBound = ({ sign, digits, magnitude, special }: Decimal): Size => ({
  value: sign * (special === 'INF' ? Number.POSITIVE_INFINITY : Number(`0.${digits || '0'}E${magnitude}`)),
  isExact: digits.length <= EXACT_DIGITS && Math.abs(magnitude) <= EXACT_DIGITS,
});

/** Decimals of up to 15 digits are in the order of their nearest doubles; others are far enough apart, or it says no. */
function boundsOf(field: Field, type: LogicalType): InBounds | undefined {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = field.constraints ?? {};
  const stated = [
    [minimum, 1, true],
    [exclusiveMinimum, 1, false],
    [maximum, -1, true],
    [exclusiveMaximum, -1, false],
  ] as const;
  const tests = stated.flatMap(([bound, direction, isIn]): InBounds[] => {
    if (bound === undefined) return [];
    const limit = ofBound(literalOf(field, type, bound) as Decimal);
    return [
      (value, isExact) => {
        const beyond = (value - limit.value) * direction;
        if (isExact && limit.isExact) return isIn ? beyond >= 0 : beyond > 0;
        return beyond > MARGIN * (Math.abs(value) + Math.abs(limit.value));
      },
    ];
  });
  const [one, other] = tests;
  if (!one) return undefined;
  if (tests.length > 2) return (value, isExact) => tests.every((test) => test(value, isExact));
  return other ? (value, isExact) => one(value, isExact) && other(value, isExact) : one;
}
