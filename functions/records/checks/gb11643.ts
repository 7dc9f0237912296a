import { isRealDate } from '../types/moment.ts';
import { weightedSum, weightedValues } from './codes.ts';

const VALUES = weightedValues('0123456789', [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
const CHECK_CHARACTERS = '10X98765432';

/** GB 11643-1999 identity number: 17 digits with a date of birth in 7-14, and a check character (ISO 7064 MOD 11-2). */
export function isGb11643(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 18) return false;
  const sum = weightedSum(bytes, start, VALUES);
  if (sum < 0 || bytes[end - 1] !== CHECK_CHARACTERS.charCodeAt(sum % 11)) return false;
  const year = digits(bytes, start + 6, 4);
  return year > 0 && isRealDate(year, digits(bytes, start + 10, 2), digits(bytes, start + 12, 2));
}

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i += 1) value = value * 10 + ((bytes[i] ?? 0) - 0x30);
  return value;
}
