import { damaged } from './damaged.ts';

export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** A number of 64 bits in two halves: BigInt is slow, and a double has 53. */
interface Long {
  low: number;
  high: number;
}

const WORD = 2 ** 32;

/**
 * Integers as differences (Parquet, "Encodings", DELTA_BINARY_PACKED). All is reckoned modulo 2^64, as writers do, and of
 * 32-bit columns modulo 2^32: some write their differences wider than the values.
 * @param count of values that the page has
 */
export function readDelta64(cursor: Cursor, count: number): BigInt64Array {
  const values = new BigInt64Array(count);
  unpack(cursor, count, new Int32Array(values.buffer), 2);
  return values;
}

export function readDelta32(cursor: Cursor, count: number): Int32Array {
  const values = new Int32Array(count);
  unpack(cursor, count, values, 1);
  return values;
}

/** @param words of a value in `output`, the lower one first, as memory has it */
function unpack(cursor: Cursor, count: number, output: Int32Array, words: 1 | 2): void {
  const blockSize = varint(cursor).low;
  const miniblocks = varint(cursor).low;
  const total = varint(cursor).low;
  const value = zigzag(cursor);
  const perMiniblock = blockSize / miniblocks;
  if (total !== count || !(blockSize > 0 && miniblocks > 0 && miniblocks <= blockSize && perMiniblock % 8 === 0))
    throw damaged();
  const put = (i: number): void => {
    output[i * words] = value.low;
    if (words === 2) output[i * words + 1] = value.high;
  };
  if (count > 0) put(0);
  for (let done = 1; done < count;) {
    const least = zigzag(cursor);
    const widths = cursor.at;
    cursor.at += miniblocks;
    if (cursor.at > cursor.bytes.length) throw damaged();
    for (let mini = 0; mini < miniblocks && done < count; mini += 1) {
      const width = cursor.bytes[widths + mini] ?? 0;
      const end = Math.min(count, done + perMiniblock);
      if (width > 64 || cursor.at + Math.ceil(((end - done) * width) / 8) > cursor.bytes.length) throw damaged();
      for (let bit = cursor.at * 8; done < end; done += 1, bit += width) {
        advance(
          value,
          least,
          bitsAt(cursor.bytes, bit, Math.min(width, 32)),
          bitsAt(cursor.bytes, bit + 32, width - 32),
        );
        put(done);
      }
      cursor.at += (perMiniblock * width) / 8;
    }
  }
}

function advance(value: Long, least: Long, low: number, high: number): void {
  const sum = (value.low >>> 0) + (least.low >>> 0) + (low >>> 0);
  value.high = (value.high + least.high + high + Math.floor(sum / WORD)) | 0;
  value.low = sum | 0;
}

/** @param width up to 32; none below 1 */
function bitsAt(bytes: Uint8Array, bit: number, width: number): number {
  if (width <= 0) return 0;
  const shift = bit & 7;
  const at = Math.floor(bit / 8);
  let found = 0;
  for (let have = 0, i = at; have < width + shift; have += 8, i += 1) {
    const byte = bytes[i] ?? 0;
    found |= have >= shift ? byte << (have - shift) : byte >>> (shift - have);
  }
  return width === 32 ? found : found & ((1 << width) - 1);
}

/** Unsigned LEB128, modulo 2^64. */
function varint(cursor: Cursor): Long {
  const value = { low: 0, high: 0 };
  for (let shift = 0; ; shift += 7) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined || shift > 63) throw damaged();
    cursor.at += 1;
    const bits = byte & 0x7f;
    if (shift < 32) value.low |= bits << shift;
    if (shift > 25) value.high |= shift < 32 ? bits >>> (32 - shift) : bits << (shift - 32);
    if (byte < 0x80) return value;
  }
}

function zigzag(cursor: Cursor): Long {
  const { low, high } = varint(cursor);
  const sign = -(low & 1);
  return { low: ((low >>> 1) | (high << 31)) ^ sign, high: (high >>> 1) ^ sign };
}
