import { MOST_BYTES, transcode } from './gb18030-pairs.ts';

/**
 * GB18030 to UTF-8. What cannot be decoded becomes a byte that UTF-8 never has, so that one engine finds and rejects
 * undecodable records whatever the encoding. Bytes below 0x30 (line breaks, quotes, commas) are never part of a longer
 * GB18030 character: the structure survives whatever stands between them, and text can be cut there.
 */
const LF = 0x0a;
const UNDECODABLE = Buffer.from([0xff]);
const FIRST_TRAIL_BYTE = 0x30;
/** A piece this long without a byte below 0x30 belongs to a record that is too long anyway: it is cut anywhere. */
const MAX_PIECE = 4 * 1024 * 1024;

/** Each piece is valid until the next is asked for. */
export async function* gb18030ToUtf8(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let carry: Uint8Array = new Uint8Array(0);
  let room = Buffer.alloc(0);
  for await (const chunk of input) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    const cut = bytes.length > MAX_PIECE ? bytes.length : lastBoundary(bytes, carry.length);
    // The chunk's memory is its sender's: what is kept for later is copied.
    carry = Uint8Array.from(bytes.subarray(cut));
    if (room.length < cut * MOST_BYTES) room = Buffer.allocUnsafeSlow(cut * MOST_BYTES);
    if (cut > 0) yield decoded(bytes.subarray(0, cut), room);
  }
  if (carry.length > 0) yield decoded(carry);
}

/** After the last byte below 0x30; the first `known` bytes have none. */
function lastBoundary(bytes: Uint8Array, known: number): number {
  for (let i = bytes.length - 1; i >= known; i -= 1) {
    if ((bytes[i] ?? 0) < FIRST_TRAIL_BYTE) return i + 1;
  }
  return 0;
}

/** Whole if it can be; else line by line, and a bad line piece by piece. */
function decoded(bytes: Uint8Array, room?: Buffer): Uint8Array {
  return transcode(bytes, room) ?? Buffer.concat([...splitAfter(bytes, (byte) => byte === LF)].map(decodedLine));
}

const decodedLine = (line: Uint8Array): Uint8Array =>
  transcode(line) ?? Buffer.concat([...splitAfter(line, (byte) => byte < FIRST_TRAIL_BYTE)].map(decodedPiece));

/** A boundary byte at the end of a piece stays what it is. */
function decodedPiece(piece: Uint8Array): Uint8Array {
  const text = transcode(piece);
  if (text) return text;
  const last = piece.subarray(-1);
  return (last[0] ?? 0) < FIRST_TRAIL_BYTE ? Buffer.concat([UNDECODABLE, last]) : UNDECODABLE;
}

function* splitAfter(bytes: Uint8Array, isLast: (byte: number) => boolean): Generator<Uint8Array> {
  let start = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    if (!isLast(bytes[i] ?? 0)) continue;
    yield bytes.subarray(start, i + 1);
    start = i + 1;
  }
  if (start < bytes.length) yield bytes.subarray(start);
}
