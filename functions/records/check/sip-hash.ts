/**
 * HalfSipHash-1-3 (J.-P. Aumasson, D. J. Bernstein, https://github.com/veorq/SipHash): 32 bits under a secret key, so
 * that nobody can upload keys that all fall together.
 */
export type HashKey = readonly [number, number];

export function sipHash(bytes: Uint8Array, start: number, end: number, [k0, k1]: HashKey): number {
  let v0 = k0;
  let v1 = k1;
  let v2 = 0x6c796765 ^ k0;
  let v3 = 0x74656462 ^ k1;
  let i = start;
  // Whole words, then the last bytes with the length above them, then three finishing rounds (before the first, 0xff goes into v2).
  const words = (end - start) >> 2;
  for (let round = 0; round < words + 4; round += 1) {
    let word = 0;
    if (round < words) {
      word = (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24);
      i += 4;
    } else if (round === words) {
      word = (end - start) << 24;
      for (let shift = 0; i < end; i += 1, shift += 8) word |= (bytes[i] ?? 0) << shift;
    } else if (round === words + 1) {
      v2 ^= 0xff;
    }
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return (v1 ^ v3) >>> 0;
}
