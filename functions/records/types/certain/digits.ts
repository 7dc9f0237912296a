/** The value of a byte as a digit; 255 for any other byte. */
const VALUES = new Uint8Array(256).fill(255);
for (let digit = 0; digit < 10; digit += 1) VALUES[0x30 + digit] = digit;

export const isDigit = (byte: number | undefined): boolean => (VALUES[byte ?? 0] ?? 255) < 10;

/** The value of two digits; negative if they are none. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = VALUES[bytes[at] ?? 0] ?? 255;
  const ones = VALUES[bytes[at + 1] ?? 0] ?? 255;
  return (tens | ones) < 16 ? tens * 10 + ones : -1;
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
  while (i < end && (VALUES[bytes[i] ?? 0] ?? 255) < 10) i += 1;
  return i;
}
