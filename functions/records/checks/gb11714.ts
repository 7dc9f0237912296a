import { valuesOf, weightedSum } from './codes.ts';

const VALUES = valuesOf('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '0123456789X';
const HYPHEN = 0x2d;

/**
 * GB 11714-1997 organisation code: eight characters and a check character, which is 11 - (weighted sum mod 11),
 * 10 written X and 11 written 0. The hyphen before the check character (00251805-7) is the standard's presentation:
 * taken with it or without.
 */
export function isGb11714(bytes: Uint8Array, start: number, end: number): boolean {
  const hyphenated = end - start === 10 && bytes[start + 8] === HYPHEN;
  if (end - start !== 9 && !hyphenated) return false;
  const sum = weightedSum(bytes, start, WEIGHTS, VALUES);
  return sum >= 0 && bytes[end - 1] === CHECK_CHARACTERS.charCodeAt((11 - (sum % 11)) % 11);
}
