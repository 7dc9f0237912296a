import type { Encoding } from '../../../../schemas/contracts/uploads.ts';
import { COMMA, CR, LF } from '../../csv/scanner.ts';
import { encodingOf, type Reopen } from '../../encoding/encoding-of.ts';
import { gb18030ToUtf8 } from '../../encoding/gb18030.ts';
import type { Delimiter } from '../layout/delimiter.ts';
import type { CutAt } from './csv-rows.ts';

/** Spreadsheets save "Unicode text" as UTF-16, which no upload may be. */
export type TextEncoding = Encoding | 'utf-16le' | 'utf-16be';

const BOM_16: readonly (readonly [TextEncoding, number, number])[] = [
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/** Found by the bytes of the whole file. */
export async function textEncodingOf(open: Reopen, head: Uint8Array): Promise<TextEncoding> {
  const marked = BOM_16.find(([, first, second]) => head[0] === first && head[1] === second);
  return marked?.[0] ?? encodingOf(open);
}

export function inUtf8(input: AsyncIterable<Uint8Array>, encoding: TextEncoding): AsyncIterable<Uint8Array> {
  if (encoding === 'utf-8') return input;
  return encoding === 'gb18030' ? gb18030ToUtf8(input) : fromUtf16(input, encoding);
}

async function* fromUtf16(input: AsyncIterable<Uint8Array>, encoding: TextEncoding): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of input) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
  yield Buffer.from(decoder.decode(), 'utf8');
}

/** Old programs end lines by CR alone. */
export type LineEnds = 'lf' | 'cr';

/** By the whole file: a line feed anywhere, and a return at its beginning stands within a cell. */
export async function lineEndsOf(open: Reopen, head: Uint8Array): Promise<LineEnds> {
  if (!head.includes(CR) || head.includes(LF)) return 'lf';
  for await (const chunk of open()) if (chunk.includes(LF)) return 'lf';
  return 'cr';
}

export function withLineFeeds(input: AsyncIterable<Uint8Array>, ends: LineEnds): AsyncIterable<Uint8Array> {
  return ends === 'lf' ? input : lineFed(input);
}

async function* lineFed(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) yield Uint8Array.from(chunk, (byte) => (byte === CR ? LF : byte));
}

/** A byte that no text has in place of a delimiter of three bytes; and the other way round in what is quoted. */
const UNIT_SEPARATOR = 0x1f;
const WIDE: Readonly<Partial<Record<Delimiter, readonly number[]>>> = {
  '，': [0xef, 0xbc, 0x8c],
  '；': [0xef, 0xbc, 0x9b],
};

export const cutAt = (delimiter: Delimiter): CutAt =>
  WIDE[delimiter]
    ? { byte: UNIT_SEPARATOR, stands: delimiter }
    : { byte: delimiter === ',' ? COMMA : delimiter.charCodeAt(0) };

/** UTF-8 with its delimiter as one byte. */
export function withNarrowDelimiter(input: AsyncIterable<Uint8Array>, delimiter: Delimiter): AsyncIterable<Uint8Array> {
  const wide = WIDE[delimiter];
  return wide === undefined ? input : replaced(input, Buffer.from(wide));
}

async function* replaced(input: AsyncIterable<Uint8Array>, wide: Buffer): AsyncGenerator<Uint8Array> {
  let carry: Uint8Array = new Uint8Array(0);
  for await (const chunk of input) {
    const bytes = Buffer.concat([carry, chunk]);
    const kept = startsAtEnd(bytes, wide);
    carry = Uint8Array.from(bytes.subarray(bytes.length - kept));
    yield narrowed(bytes.subarray(0, bytes.length - kept), wide);
  }
  yield carry;
}

/** How many bytes at the end may begin a delimiter. */
const startsAtEnd = (bytes: Buffer, wide: Buffer): number =>
  [2, 1].find((size) => bytes.length >= size && bytes.subarray(-size).equals(wide.subarray(0, size))) ?? 0;

function narrowed(bytes: Buffer, wide: Buffer): Buffer {
  const parts: Buffer[] = [];
  let start = 0;
  for (let at = bytes.indexOf(wide); at >= 0; at = bytes.indexOf(wide, start)) {
    parts.push(bytes.subarray(start, at), Buffer.of(UNIT_SEPARATOR));
    start = at + wide.length;
  }
  return Buffer.concat([...parts, bytes.subarray(start)]);
}
