import { LF, QUOTE } from '../csv/scanner.ts';
import type { Window } from '../csv/window.ts';

const FIRST_BLOCK = 4 * 1024;
const LARGEST_BLOCK = 256 * 1024;

/**
 * Passes over the records that both windows begin with, byte for byte the same. Stored records are well-formed, so that a
 * line break ends one exactly where an even number of quotes stands before it.
 */
export function passEqualRecords(one: Window, other: Window): void {
  const length = recordsWithin(one.bytes, one.start, one.start + equalBytes(one, other));
  one.start += length;
  other.start += length;
}

function equalBytes(one: Window, other: Window): number {
  const most = Math.min(one.end - one.start, other.end - other.start);
  let length = 0;
  for (let block = FIRST_BLOCK; length < most; block = Math.min(block * 2, LARGEST_BLOCK)) {
    const size = Math.min(block, most - length);
    if (one.bytes[one.start + length] !== other.bytes[other.start + length]) return length;
    const from = other.start + length;
    const at = one.start + length;
    if (one.bytes.compare(other.bytes, from, from + size, at, at + size) !== 0) {
      while (one.bytes[one.start + length] === other.bytes[other.start + length]) length += 1;
      return length;
    }
    length += size;
  }
  return length;
}

/** How many of the bytes are whole records with their line breaks. */
function recordsWithin(bytes: Buffer, start: number, end: number): number {
  const firstQuote = bytes.subarray(start, end).indexOf(QUOTE);
  if (firstQuote < 0) return bytes.subarray(start, end).lastIndexOf(LF) + 1;
  let last = start;
  let open = false;
  for (let i = start; i < end; i += 1) {
    const byte = bytes[i];
    if (byte === QUOTE) open = !open;
    else if (byte === LF && !open) last = i + 1;
  }
  return last - start;
}
