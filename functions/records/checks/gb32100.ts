import { valuesOf, weightedSum } from './codes.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const VALUES = valuesOf(ALPHABET);
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** GB 32100-2015 unified social credit code: 18 characters without I, O, S, V, Z; the last makes the weighted sum 0 mod 31. */
export function isGb32100(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 18) return false;
  const sum = weightedSum(bytes, start, WEIGHTS, VALUES);
  return sum >= 0 && bytes[end - 1] === ALPHABET.charCodeAt((31 - (sum % 31)) % 31);
}
