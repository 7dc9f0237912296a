import { orientationIn, tiffOf } from './orientation.ts';
import { mustBeShowable, part, UnfitPicture } from './unfit-picture.ts';

// ITU-T T.81, Annex B: markers and their segments. Those that draw are kept once they are as they should be; what an
// application put there is not, but for what it says of colours (JFIF, Adobe) and of the way up, which is written anew.

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP14 = 0xee;
const EXIF = 'Exif\0\0';

interface Segment {
  readonly marker: number;
  readonly body: Buffer;
  /** Behind it. */
  readonly next: number;
}

/** @throws UnfitPicture */
export function cleanJpeg(bytes: Buffer): Buffer {
  const drawing: Buffer[] = [];
  const said = { jfif: false, adobe: undefined as number | undefined, orientation: undefined as number | undefined };
  let frames = 0;
  let scans = 0;
  let at = 2;
  for (;;) {
    const { marker, body, next } = segmentAt(bytes, at);
    if (marker === EOI) break;
    at = next;
    if (isApplication(marker)) {
      if (frames === 0) listen(said, marker, body);
      continue;
    }
    mustBeWhole(marker, body);
    if (isFrame(marker)) frames += 1;
    drawing.push(segment(marker, body));
    if (marker !== SOS) continue;
    scans += 1;
    if (frames !== 1) break;
    const end = endOfScan(bytes, at);
    drawing.push(bytes.subarray(at, end));
    at = end;
  }
  if (frames !== 1 || scans === 0) throw new UnfitPicture('it is not one picture');
  return Buffer.concat([Buffer.from([0xff, SOI]), ...saidAgain(said), ...drawing, Buffer.from([0xff, EOI])]);
}

function segmentAt(bytes: Buffer, from: number): Segment {
  let at = from;
  if (bytes[at] !== 0xff) throw new UnfitPicture('something stands between its segments');
  while (bytes[at] === 0xff) at += 1;
  const marker = bytes[at];
  if (marker === EOI) return { marker, body: Buffer.alloc(0), next: at + 1 };
  const length = part(bytes, at + 1, 2).readUInt16BE();
  if (marker === undefined || length < 2) throw new UnfitPicture('a segment has no length');
  return { marker, body: part(bytes, at + 3, length - 2), next: at + 1 + length };
}

/** APPn and comments. */
const isApplication = (marker: number): boolean => (marker >= APP0 && marker <= 0xef) || marker === 0xfe;

/** Baseline, extended and progressive, with Huffman codes: what every reader shows. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xc2;

function listen(
  said: { jfif: boolean; adobe: number | undefined; orientation: number | undefined },
  marker: number,
  body: Buffer,
): void {
  if (marker === APP0 && body.toString('latin1', 0, 5) === 'JFIF\0') said.jfif = true;
  if (marker === APP14 && body.length >= 12 && body.toString('latin1', 0, 5) === 'Adobe')
    said.adobe = Math.min(body[11] ?? 0, 2);
  if (marker === APP1 && body.toString('latin1', 0, EXIF.length) === EXIF)
    said.orientation ??= orientationIn(body.subarray(EXIF.length));
}

function* saidAgain({
  jfif,
  adobe,
  orientation,
}: {
  readonly jfif: boolean;
  readonly adobe: number | undefined;
  readonly orientation: number | undefined;
}): Generator<Buffer> {
  if (jfif) yield segment(APP0, Buffer.from('4a46494600010100000100010000', 'hex'));
  if (orientation !== undefined) yield segment(APP1, Buffer.concat([Buffer.from(EXIF, 'latin1'), tiffOf(orientation)]));
  if (adobe !== undefined)
    yield segment(APP14, Buffer.concat([Buffer.from('41646f6265006400000000', 'hex'), Buffer.from([adobe])]));
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A segment that draws has the length that its own members give it, so that nothing else is in it. */
function mustBeWhole(marker: number, body: Buffer): void {
  if (!(isFrame(marker) ? isFrameHeader(body) : (WHOLE[marker]?.(body) ?? false)))
    throw new UnfitPicture('a segment is not as it should be, or of a kind that is not taken');
}

function isFrameHeader(body: Buffer): boolean {
  if (body.length < 6 || body[0] !== 8 || body.length !== 6 + 3 * (body[5] ?? 0)) return false;
  mustBeShowable(body.readUInt16BE(3), body.readUInt16BE(1));
  return true;
}

const WHOLE: Readonly<Record<number, (body: Buffer) => boolean>> = {
  /** DQT: tables of 64 values of one byte or two. */
  0xdb: (body) => isFull(body, (at) => [65, 129][(body[at] ?? 0) >> 4] ?? Infinity),
  /** DHT: tables of 16 counts, and as many values as these are together. */
  0xc4: (body) => isFull(body, (at) => 17 + body.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0)),
  /** DRI. */
  0xdd: (body) => body.length === 2,
  [SOS]: (body) => body.length === 4 + 2 * (body[0] ?? 0),
};

function isFull(body: Buffer, sizeAt: (at: number) => number): boolean {
  let at = 0;
  while (at < body.length) at += sizeAt(at);
  return at === body.length && at > 0;
}

/** Where the next marker stands: coded data has none but restarts, and says FF as FF00. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at;
  }
  throw new UnfitPicture('it ends before its end');
}
