import { type WeightedCode, weightedCheck, weightedValues } from './codes.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100-2015 unified social credit code: 18 characters without I, O, S, V, Z; the last makes the weighted sum 0 mod 31. */
export const GB32100: WeightedCode = {
  values: weightedValues(ALPHABET, [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]),
  modulus: 31,
  checks: Array.from(ALPHABET, (_, remainder) => ALPHABET[(31 - remainder) % 31]).join(''),
  length: 18,
  hyphen: false,
};
export const isGb32100 = weightedCheck(GB32100);
