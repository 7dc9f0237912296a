const MORE = 0x80;
/** A whole number takes at most so many bytes. */
export const MAX_VARINT_BYTES = 8;

/** Writes a whole number as LEB128 (the low seven bits first); answers where it ends. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  let i = at;
  for (; rest >= MORE; rest = Math.floor(rest / MORE), i += 1) bytes[i] = (rest % MORE) | MORE;
  bytes[i] = rest;
  return i + 1;
}

/** The number at `at`; its end is at `at + varintLength(value)`. Undefined where it is not complete before `end`. */
export function readVarint(bytes: Uint8Array, at: number, end: number): number | undefined {
  let value = 0;
  let factor = 1;
  for (let i = at; i < end && i < at + MAX_VARINT_BYTES; i += 1) {
    const byte = bytes[i] ?? 0;
    value += (byte % MORE) * factor;
    if (byte < MORE) return value;
    factor *= MORE;
  }
  if (end - at >= MAX_VARINT_BYTES) throw new Error('a number of a stored stream has no end');
  return undefined;
}

export function varintLength(value: number): number {
  let length = 1;
  for (let rest = Math.floor(value / MORE); rest > 0; rest = Math.floor(rest / MORE)) length += 1;
  return length;
}
