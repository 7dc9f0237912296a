import { damaged } from './damaged.ts';

/**
 * Run-length and bit-packed integers (Parquet, "Encodings", RLE). Runs end at `count` whatever they say of themselves.
 * @param bytes exactly those of the encoding
 * @param width bits of a value, 0 to 32
 */
export function readHybrid(bytes: Uint8Array, width: number, count: number): Int32Array {
  if (width > 32) throw damaged();
  const values = new Int32Array(count);
  let at = 0;
  for (let filled = 0; filled < count;) {
    let header = 0;
    let shift = 0;
    for (let byte = 0x80; byte >= 0x80; shift += 7) {
      if (at >= bytes.length || shift > 28) throw damaged();
      byte = bytes[at] ?? 0;
      at += 1;
      header |= (byte & 0x7f) << shift;
    }
    const run = header >>> 1;
    if (run === 0) throw damaged();
    if ((header & 1) === 0) {
      const size = (width + 7) >> 3;
      if (at + size > bytes.length) throw damaged();
      let value = 0;
      for (let i = 0; i < size; i += 1) value |= (bytes[at + i] ?? 0) << (8 * i);
      at += size;
      const end = Math.min(count, filled + run);
      values.fill(value, filled, end);
      filled = end;
    } else {
      const wanted = Math.min(count - filled, run * 8);
      if (at + Math.ceil((wanted * width) / 8) > bytes.length) throw damaged();
      unpack(bytes, at, width, values.subarray(filled, filled + wanted));
      at += run * width;
      filled += wanted;
    }
  }
  return values;
}

function unpack(bytes: Uint8Array, start: number, width: number, values: Int32Array): void {
  let bit = 0;
  for (let i = 0; i < values.length; i += 1) {
    let value = 0;
    for (let have = 0; have < width;) {
      const offset = bit & 7;
      const take = Math.min(8 - offset, width - have);
      value |= (((bytes[start + (bit >> 3)] ?? 0) >> offset) & ((1 << take) - 1)) << have;
      have += take;
      bit += take;
    }
    values[i] = value;
  }
}
