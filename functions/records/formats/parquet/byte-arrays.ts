import { RefusedFile } from '../refused-file.ts';
import { damaged } from './damaged.ts';
import { type Cursor, readDelta32 } from './delta.ts';

/** Views of byte arrays that stand one behind the other. @throws RefusedFile where the page ends before them. */
export function plainByteArrays(bytes: Uint8Array, count: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const cursor = { bytes, at: 0 };
  return Array.from({ length: count }, () => {
    if (cursor.at + 4 > bytes.length) throw damaged();
    const length = view.getUint32(cursor.at, true);
    cursor.at += 4;
    return taken(cursor, length);
  });
}

/** Byte arrays behind all of their lengths (DELTA_LENGTH_BYTE_ARRAY). */
export function deltaLengthByteArrays(bytes: Uint8Array, count: number): Uint8Array[] {
  const cursor = { bytes, at: 0 };
  return Array.from(readDelta32(cursor, count), (length) => taken(cursor, length));
}

/** Byte arrays that share beginnings (DELTA_BYTE_ARRAY): each is bounded by the one before it and what is there. */
export function deltaByteArrays(bytes: Uint8Array, count: number, mostBytes: number): Uint8Array[] {
  const cursor = { bytes, at: 0 };
  const prefixes = readDelta32(cursor, count);
  const suffixes = readDelta32(cursor, count);
  let previous = new Uint8Array(0);
  let total = 0;
  return Array.from(prefixes, (prefix, i) => {
    if (prefix < 0 || prefix > previous.length) throw damaged();
    const suffix = taken(cursor, suffixes[i] ?? 0);
    total += prefix + suffix.length;
    if (total > mostBytes)
      throw new RefusedFile(
        'too-large',
        `a page of the Parquet file unfolds to more than ${mostBytes} bytes; write smaller pages`,
      );
    const value = new Uint8Array(prefix + suffix.length);
    value.set(previous.subarray(0, prefix));
    value.set(suffix, prefix);
    previous = value;
    return value;
  });
}

function taken(cursor: Cursor, length: number): Uint8Array {
  const { bytes, at } = cursor;
  if (length < 0 || at + length > bytes.length) throw damaged();
  cursor.at += length;
  return bytes.subarray(at, at + length);
}
