import { damaged } from './damaged.ts';

/** A match is of four bytes at least. */
const LEAST_MATCH = 4;
/** A length that fills its four bits goes on in whole bytes, until one is not full. */
const GOES_ON = 15;
const FULL = 255;
/** How the frames of Hadoop's codec begin: bytes unpacked and packed, big-endian. */
const FRAME_HEADER_BYTES = 8;

/**
 * One LZ4 block (LZ4 Block Format Description): literals and matches, the last sequence without a match.
 * @param length bytes unpacked, no more and no fewer
 * @throws RefusedFile on anything else
 */
export function lz4Block(bytes: Uint8Array, length: number): Uint8Array {
  const page = new Uint8Array(length);
  if (unpack(bytes, page) !== length) throw damaged();
  return page;
}

/** Parquet's deprecated LZ4: frames as Hadoop writes them, or a block without any, as others did. */
export function lz4Frames(bytes: Uint8Array, length: number): Uint8Array {
  const frames = framesIn(bytes, length);
  if (!frames) return lz4Block(bytes, length);
  const page = new Uint8Array(length);
  let filled = 0;
  for (const { packed, size } of frames) {
    if (unpack(packed, page.subarray(filled, filled + size)) !== size) throw damaged();
    filled += size;
  }
  return page;
}

interface Frame {
  readonly packed: Uint8Array;
  readonly size: number;
}

/** Undefined if the bytes are not exactly frames of so many bytes together. */
function framesIn(bytes: Uint8Array, length: number): Frame[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames: Frame[] = [];
  let total = 0;
  let at = 0;
  while (at + FRAME_HEADER_BYTES <= bytes.length) {
    const [size, packed] = [view.getUint32(at), view.getUint32(at + 4)];
    at += FRAME_HEADER_BYTES;
    frames.push({ packed: bytes.subarray(at, at + packed), size });
    total += size;
    at += packed;
  }
  return at === bytes.length && total === length ? frames : undefined;
}

/** @returns the bytes written */
function unpack(bytes: Uint8Array, page: Uint8Array): number {
  const cursor = { bytes, at: 0 };
  let filled = 0;
  while (cursor.at < bytes.length) {
    const token = bytes[cursor.at++] ?? 0;
    const literals = lengthOf(cursor, token >> 4);
    if (cursor.at + literals > bytes.length || filled + literals > page.length) throw damaged();
    page.set(bytes.subarray(cursor.at, cursor.at + literals), filled);
    cursor.at += literals;
    filled += literals;
    if (cursor.at === bytes.length) break;
    const offset = (bytes[cursor.at] ?? 0) | ((bytes[cursor.at + 1] ?? 0) << 8);
    cursor.at += 2;
    if (cursor.at > bytes.length || offset === 0 || offset > filled) throw damaged();
    const end = filled + lengthOf(cursor, token & GOES_ON) + LEAST_MATCH;
    if (end > page.length) throw damaged();
    // A match may reach into what it writes.
    for (; filled < end; filled += 1) page[filled] = page[filled - offset] ?? 0;
  }
  return filled;
}

function lengthOf(cursor: { readonly bytes: Uint8Array; at: number }, short: number): number {
  let length = short;
  for (let more = short === GOES_ON ? FULL : 0; more === FULL; length += more) {
    if (cursor.at >= cursor.bytes.length) throw damaged();
    more = cursor.bytes[cursor.at] ?? 0;
    cursor.at += 1;
  }
  return length;
}
