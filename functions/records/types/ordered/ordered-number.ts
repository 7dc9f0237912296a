import type { Decimal } from '../decimal.ts';

/** Behind every number that has an order: what is no number is within no bounds. */
export const GREATEST_NUMBER = '4';

/**
 * The first byte is the sign: `0` -INF, `1` negative, `2` zero, `3` positive, `4` INF, `5` NaN. Then the magnitude behind
 * its length, and the digits; of a negative number all of it turned about, with an end behind all digits.
 */
export function orderedNumber({ sign, digits, magnitude, special }: Decimal): string {
  if (special !== undefined) return special === 'NaN' ? '5' : sign < 0 ? '0' : GREATEST_NUMBER;
  if (sign === 0) return '2';
  const size = orderedInteger(magnitude) + digits;
  return sign > 0 ? `3${size}` : `1${turned(size)}~`;
}

/** Behind a letter for its length: `b` to `q` from 0 on, `Z` down to `K` below it. */
export function orderedInteger(value: number): string {
  const digits = String(Math.abs(value));
  return value < 0
    ? turned(String.fromCharCode(LETTERS + digits.length) + digits)
    : String.fromCharCode(LETTERS + digits.length) + digits;
}

const LETTERS = 0x61;
/** `b` and `Z`, `c` and `Y`, … are each other's opposites, and so are `0` and `9`. */
const LETTER_SUM = 0xbc;
const DIGIT_SUM = 0x69;
const LAST_DIGIT = 0x39;

function turned(text: string): string {
  let opposite = '';
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    opposite += String.fromCharCode((code > LAST_DIGIT ? LETTER_SUM : DIGIT_SUM) - code);
  }
  return opposite;
}
