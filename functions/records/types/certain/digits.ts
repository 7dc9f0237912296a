const ZERO = 0x30;

export const isDigit = (byte: number | undefined): boolean => ((byte ?? 0) - ZERO) >>> 0 < 10;

/** The value of two digits; negative if they are none. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - ZERO;
  const ones = (bytes[at + 1] ?? 0) - ZERO;
  return tens >>> 0 < 10 && ones >>> 0 < 10 ? tens * 10 + ones : -1;
}

/** The value of four digits; negative if they are none. */
export function fourDigits(bytes: Uint8Array, at: number): number {
  const hundreds = twoDigits(bytes, at);
  const ones = twoDigits(bytes, at + 2);
  return (hundreds | ones) < 0 ? -1 : hundreds * 100 + ones;
}

/** Where the digits that begin at `at` end. */
export function digitsEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && isDigit(bytes[i])) i += 1;
  return i;
}
