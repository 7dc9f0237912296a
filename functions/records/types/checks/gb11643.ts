import { type WeightedCode, weightedCheck, weightedValues } from './codes.ts';

/** GB 11643-1999 identity number: 17 digits with a date of birth in 7-14, and a check character (ISO 7064 MOD 11-2). */
export const GB11643: WeightedCode = {
  values: weightedValues('0123456789', [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]),
  modulus: 11,
  checks: '10X98765432',
  length: 18,
  hyphen: false,
  birth: 6,
};
export const isGb11643 = weightedCheck(GB11643);
