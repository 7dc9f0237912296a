const ZERO = 0x30;

export const isDigit = (byte: number | undefined): boolean => ((byte ?? 0) - ZERO) >>> 0 < 10;

/** Where the digits that begin at `at` end. */
export function digitsEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && isDigit(bytes[i])) i += 1;
  return i;
}
