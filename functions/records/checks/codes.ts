/** Check digits over the bytes of a cell, [start, end): the fast path has no strings. */
export type CodeCheck = (bytes: Uint8Array, start: number, end: number) => boolean;

const INVALID = 255;

/** Value of each byte in an alphabet, 255 where it has none. */
export function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(256).fill(INVALID);
  for (let i = 0; i < alphabet.length; i += 1) values[alphabet.charCodeAt(i)] = i;
  return values;
}

/** Sum of weighted values of the first characters, or -1 if one is not in the alphabet. */
export function weightedSum(bytes: Uint8Array, start: number, weights: readonly number[], values: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const value = values[bytes[start + i] ?? 0] ?? INVALID;
    if (value === INVALID) return -1;
    sum += value * (weights[i] ?? 0);
  }
  return sum;
}
