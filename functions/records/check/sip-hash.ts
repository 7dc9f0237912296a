/**
 * HalfSipHash-1-3 (J.-P. Aumasson, D. J. Bernstein, https://github.com/veorq/SipHash): 32 bits under a secret key, so
 * that nobody can upload keys that all fall together.
 */
export type HashKey = readonly [number, number];

/** The rounds are written out, as a loop over words and ends of any kind takes half as long again. */
export function sipHash(bytes: Uint8Array, start: number, end: number, key: HashKey): number {
  const k0 = key[0];
  const k1 = key[1];
  let v0 = k0;
  let v1 = k1;
  let v2 = 0x6c796765 ^ k0;
  let v3 = 0x74656462 ^ k1;
  let i = start;
  for (const last = end - 4; i <= last; i += 4) {
    const word =
      (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24);
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
  // The last bytes with the length above them, then three finishing rounds, before the first of which 0xff goes into v2.
  let word = (end - start) << 24;
  if (i < end) word |= bytes[i] ?? 0;
  if (i + 1 < end) word |= (bytes[i + 1] ?? 0) << 8;
  if (i + 2 < end) word |= (bytes[i + 2] ?? 0) << 16;
  for (let round = 0; round < 4; round += 1) {
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
    word = 0;
    if (round === 0) v2 ^= 0xff;
  }
  return v1 ^ v3;
}
