import { crc32, deflateSync } from 'node:zlib';

/*
 * Pictures made byte by byte, and what cameras, programs and people who mean no good put into them. A JPEG here has a frame,
 * its tables and coded data that no decoder need make sense of: nothing in the hub decodes pixels.
 */

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
export const segment = (marker: number, body: Buffer | string): Buffer => {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
};

/** EXIF with a place and an orientation, in either byte order. */
export function exif(orientation: number, order: 'II' | 'MM' = 'MM'): Buffer {
  const short = (value: number) => (order === 'MM' ? [value >> 8, value & 255] : [value & 255, value >> 8]);
  const long = (value: number) => (order === 'MM' ? [0, 0, ...short(value)] : [...short(value), 0, 0]);
  return Buffer.concat([
    Buffer.from(order),
    Buffer.from([...short(42), ...long(8), ...short(2)]),
    Buffer.from([...short(0x0112), ...short(3), ...long(1), ...short(orientation), 0, 0]),
    Buffer.from([...short(0x8825), ...short(4), ...long(1), ...long(38), ...long(0)]),
    Buffer.from(SECRET),
  ]);
}

/** Stands wherever something is to be gone. */
export const SECRET = 'GPS 39.9042N 116.4074E Zhang San';

const SOI = hex('ffd8');
const EOI = hex('ffd9');
const dqt = segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)]));
const dht = segment(0xc4, Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(15), Buffer.from([7])]));
const frame = (width: number, height: number, marker = 0xc0): Buffer => {
  const body = hex('08 0000 0000 01 01 11 00');
  body.writeUInt16BE(height, 1);
  body.writeUInt16BE(width, 3);
  return segment(marker, body);
};
const scan = Buffer.concat([segment(0xda, hex('01 01 00 00 3f 00')), hex('12 34 ff00 56 ffd0 78')]);

interface JpegParts {
  readonly width?: number;
  readonly height?: number;
  readonly before?: readonly Buffer[];
  readonly between?: readonly Buffer[];
  readonly after?: readonly Buffer[];
  readonly behind?: Buffer;
  readonly marker?: number;
}

/** `before` the frame, `between` frame and scan, `after` the scan, `behind` the end. */
export const jpeg = ({
  width = 8,
  height = 8,
  before = [],
  between = [],
  after = [],
  behind,
  marker,
}: JpegParts = {}) =>
  Buffer.concat([
    SOI,
    ...before,
    dqt,
    frame(width, height, marker),
    ...between,
    dht,
    scan,
    ...after,
    EOI,
    ...(behind ? [behind] : []),
  ]);

export const chunk = (type: string, data: Buffer | string): Buffer => {
  const body = Buffer.concat([
    Buffer.from(type, 'latin1'),
    typeof data === 'string' ? Buffer.from(data, 'latin1') : data,
  ]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(body.length - 4, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
};

const ihdr = (width: number, height: number): Buffer => {
  const data = hex('00000000 00000000 08 02 00 00 00');
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  return chunk('IHDR', data);
};

interface PngParts {
  readonly width?: number;
  readonly height?: number;
  readonly before?: readonly Buffer[];
  readonly after?: readonly Buffer[];
  readonly behind?: Buffer;
}

export const png = ({ width = 1, height = 1, before = [], after = [], behind }: PngParts = {}): Buffer =>
  Buffer.concat([
    hex('89504e470d0a1a0a'),
    ihdr(width, height),
    ...before,
    chunk('IDAT', deflateSync(Buffer.from([0, 255, 0, 0]))),
    ...after,
    chunk('IEND', ''),
    ...(behind ? [behind] : []),
  ]);

export const riffChunk = (type: string, data: Buffer | string): Buffer => {
  const body = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};

export const riff = (chunks: readonly Buffer[], behind: Buffer = Buffer.alloc(0)): Buffer => {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  return Buffer.concat([riffChunk('RIFF', body), behind]);
};

/** VP8L of one pixel, or of as many as it says. */
export const vp8l = (width = 1, height = 1): Buffer => {
  const data = Buffer.alloc(9);
  data[0] = 0x2f;
  data.writeUInt32LE((((height - 1) << 14) | (width - 1)) >>> 0, 1);
  return riffChunk('VP8L', data);
};

export const webp = (more: readonly Buffer[] = [], behind?: Buffer): Buffer =>
  more.length === 0
    ? riff([vp8l()], behind)
    : riff(
        [riffChunk('VP8X', Buffer.concat([Buffer.from([0x0c, 0, 0, 0]), Buffer.alloc(6)])), vp8l(), ...more],
        behind,
      );
