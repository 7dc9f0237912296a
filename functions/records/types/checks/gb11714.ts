import { type WeightedCode, weightedCheck, weightedValues } from './codes.ts';

/**
 * GB 11714-1997 organisation code: eight characters and a check character, which is 11 - (weighted sum mod 11),
 * 10 written X and 11 written 0. The hyphen before the check character (00251805-7) is the standard's presentation:
 * taken with it or without.
 */
export const GB11714: WeightedCode = {
  values: weightedValues('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', [3, 7, 9, 10, 5, 8, 4, 2]),
  modulus: 11,
  checks: '0X987654321',
  length: 9,
  hyphen: true,
};
export const isGb11714 = weightedCheck(GB11714);
