import type { Field } from '../../../schemas/contracts/definition.ts';
import { daysFromCivil } from '../types/moment.ts';
import { formatOf } from '../types/temporal.ts';
import { EXACT_DIGITS } from './measure.ts';

/** The position (`Measure`) of a plainly written value by its bytes; NaN where it is not so written, or not exact. */
export type PositionAt = (bytes: Uint8Array, start: number, end: number) => number;

/** Undefined where no value of the field can be read so. Only for values of the field's type: it does not look twice. */
export function positionsOf(field: Field): PositionAt | undefined {
  const { type, groupChar, bareNumber = true, decimalChar = '.' } = field;
  if (type === 'integer' || type === 'number')
    return groupChar === undefined && bareNumber && decimalChar === '.' ? numberAt : undefined;
  return formatOf(field.format) === 'default' ? CLOCKS[type] : undefined;
}

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const SIX = 0x36;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const DAY_SECONDS = 86_400;

function numberAt(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  const first = negative ? start + 1 : start;
  if (first === end || end - first > EXACT_DIGITS) return Number.NaN;
  let digits = 0;
  let scale = 0;
  for (let i = first; i < end; i += 1) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      scale *= 10;
    } else if (digit === POINT - ZERO && scale === 0 && i > first && i + 1 < end) {
      scale = 1;
    } else {
      return Number.NaN;
    }
  }
  const size = scale > 1 ? digits / scale : digits;
  return negative ? -size : size;
}

const two = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 10 + (bytes[at + 1] ?? 0) - 11 * ZERO;
const year = (bytes: Uint8Array, at: number): number => two(bytes, at) * 100 + two(bytes, at + 2);
const day = (bytes: Uint8Array, at: number): number =>
  daysFromCivil(year(bytes, at), two(bytes, at + 5), two(bytes, at + 8)) * DAY_SECONDS;
const clock = (bytes: Uint8Array, at: number): number =>
  two(bytes, at) * 3600 + two(bytes, at + 3) * 60 + two(bytes, at + 6);

/** Of years of four digits, in UTC or without a zone, without fractions of a second; no leap seconds. */
const CLOCKS: Readonly<Partial<Record<Field['type'], PositionAt>>> = {
  date: day,
  time: clock,
  datetime: (bytes, start, end) => {
    const size = end - start;
    const isPlain =
      bytes[start + 4] === MINUS &&
      bytes[start + 10] === LETTER_T &&
      bytes[start + 17] !== SIX &&
      (size === 19 || (size === 20 && bytes[end - 1] === LETTER_Z));
    return isPlain ? day(bytes, start) + clock(bytes, start + 11) : Number.NaN;
  },
  year: (bytes, start, end) => (end - start === 4 ? daysFromCivil(year(bytes, start), 1, 1) * DAY_SECONDS : Number.NaN),
  yearmonth: (bytes, start, end) =>
    end - start === 7 && bytes[start + 4] === MINUS
      ? daysFromCivil(year(bytes, start), two(bytes, start + 5), 1) * DAY_SECONDS
      : Number.NaN,
};
