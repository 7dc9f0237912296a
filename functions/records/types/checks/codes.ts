import { isRealDate } from '../moment.ts';

/** Check digits over the bytes of a cell, [start, end): the fast path has no strings. */
export type CodeCheck = (bytes: Uint8Array, start: number, end: number) => boolean;

/** More than any sum of good characters. */
const INVALID = 1 << 20;

/**
 * For each place of a code and each byte there, the byte's value in the alphabet times the place's weight: one look-up a
 * character (at 256 * place + byte), and no test for characters that are not in the alphabet.
 */
export function weightedValues(alphabet: string, weights: readonly number[]): Int32Array {
  const table = new Int32Array(weights.length << 8).fill(INVALID);
  for (const [place, weight] of weights.entries())
    for (let value = 0; value < alphabet.length; value += 1)
      table[(place << 8) | alphabet.charCodeAt(value)] = value * weight;
  return table;
}

/** A code of weighted characters, the sum of which, modulo a number, decides on a check character behind them. */
export interface WeightedCode {
  /** See `weightedValues`; as many places as have weights. */
  readonly values: Int32Array;
  readonly modulus: number;
  /** Check characters by the remainder. */
  readonly checks: string;
  /** With the check character. */
  readonly length: number;
  /** A hyphen may stand before the check character. */
  readonly hyphen: boolean;
  /** Where eight digits of a real date stand. */
  readonly birth?: number;
}

const HYPHEN = 0x2d;
const ZERO = 0x30;

export const weightedCheck =
  ({ values, modulus, checks, length, hyphen, birth }: WeightedCode): CodeCheck =>
  (bytes, start, end) => {
    const size = end - start;
    if (size !== length && !(hyphen && size === length + 1 && bytes[end - 2] === HYPHEN)) return false;
    const sum = weightedSum(bytes, start, values);
    if (sum < 0 || bytes[end - 1] !== checks.charCodeAt(sum % modulus)) return false;
    return birth === undefined || isDate(bytes, start + birth);
  };

/** Of digits. */
function isDate(bytes: Uint8Array, at: number): boolean {
  const year = number(bytes, at, 4);
  return year > 0 && isRealDate(year, number(bytes, at + 4, 2), number(bytes, at + 6, 2));
}

function number(bytes: Uint8Array, start: number, digits: number): number {
  let value = 0;
  for (let i = start; i < start + digits; i += 1) value = value * 10 + (bytes[i] ?? 0) - ZERO;
  return value;
}

/** Sum of weighted values of the first characters, or -1 if one is not in the alphabet. */
export function weightedSum(bytes: Uint8Array, start: number, table: Int32Array): number {
  let sum = 0;
  for (let at = 0, i = start; at < table.length; at += 256, i += 1) sum += table[at | (bytes[i] ?? 0)] ?? INVALID;
  return sum < INVALID ? sum : -1;
}
