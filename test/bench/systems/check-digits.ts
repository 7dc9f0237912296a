const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ORG_VALUES = new Map(
  Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (character, value) => [character, value]),
);

/** GB 11714-1997, as one would write it in an afternoon. */
export function isOrgCode(code: string): boolean {
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(code)) return false;
  let sum = 0;
  for (let i = 0; i < 8; i += 1) sum += ORG_WEIGHTS[i]! * ORG_VALUES.get(code[i]!)!;
  return '0123456789X'[(11 - (sum % 11)) % 11] === code[8];
}

const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const CREDIT_VALUES = new Map(Array.from(CREDIT, (character, value) => [character, value]));

/** GB 32100-2015. */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += CREDIT_WEIGHTS[i]! * CREDIT_VALUES.get(code[i]!)!;
  return CREDIT[(31 - (sum % 31)) % 31] === code[17];
}
