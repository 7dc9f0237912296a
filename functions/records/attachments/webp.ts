import { orientationIn, tiffOf } from './orientation.ts';
import { mustBeShowable, part, UnfitPicture } from './unfit-picture.ts';

// RFC 9649 (WebP): RIFF chunks of type, length and data, padded to even lengths. Kept are the picture and what shows
// through it; the header that an extended file has is written anew.

const HEAD = 12;
const ALPHA = 0x10;
const HAS_EXIF = 0x08;
const EXIF_PREFIX = 'Exif\0\0';

interface Size {
  readonly width: number;
  readonly height: number;
  /** Of VP8L, which says so itself. */
  readonly alpha: boolean;
}

/** @throws UnfitPicture */
export function cleanWebp(bytes: Buffer): Buffer {
  const chunks = [...chunksOf(bytes)];
  const find = (type: string): Buffer | undefined => chunks.find((chunk) => chunk.type === type)?.data;
  const pictures = chunks.filter(({ type }) => type === 'VP8 ' || type === 'VP8L');
  const [picture] = pictures;
  if (!picture || pictures.length > 1 || find('ANIM') || find('ANMF'))
    throw new UnfitPicture('it is not one still picture');
  const size = picture.type === 'VP8 ' ? lossy(picture.data) : lossless(picture.data);
  mustBeShowable(size.width, size.height);
  const alpha = picture.type === 'VP8 ' ? find('ALPH') : undefined;
  const exif = find('EXIF');
  const orientation = exif && orientationIn(withoutPrefix(exif));
  const isExtended = alpha !== undefined || orientation !== undefined;
  return riff([
    ...(isExtended ? [{ type: 'VP8X', data: header(size, alpha !== undefined, orientation !== undefined) }] : []),
    ...(alpha ? [{ type: 'ALPH', data: alpha }] : []),
    picture,
    ...(orientation === undefined ? [] : [{ type: 'EXIF', data: tiffOf(orientation) }]),
  ]);
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** What stands behind the length that the file states is none of it. */
function* chunksOf(bytes: Buffer): Generator<Chunk> {
  const file = part(bytes, 0, 8 + bytes.readUInt32LE(4));
  for (let at = HEAD; at < file.length;) {
    const length = part(file, at, 8).readUInt32LE(4);
    yield { type: file.toString('latin1', at, at + 4), data: part(file, at + 8, length) };
    at += 8 + length + (length % 2);
  }
}

const withoutPrefix = (exif: Buffer): Buffer =>
  exif.toString('latin1', 0, EXIF_PREFIX.length) === EXIF_PREFIX ? exif.subarray(EXIF_PREFIX.length) : exif;

/** RFC 6386, 9.1: a key frame with its start code. */
function lossy(data: Buffer): Size {
  const head = part(data, 0, 10);
  if ((head.readUInt8(0) & 1) !== 0 || head.readUIntBE(3, 3) !== 0x9d012a)
    throw new UnfitPicture('its picture is none of WebP');
  return { width: head.readUInt16LE(6) & 0x3fff, height: head.readUInt16LE(8) & 0x3fff, alpha: false };
}

function lossless(data: Buffer): Size {
  const head = part(data, 0, 5);
  const bits = head.readUInt32LE(1);
  if (head.readUInt8(0) !== 0x2f || bits >>> 29 !== 0) throw new UnfitPicture('its picture is none of WebP');
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, alpha: ((bits >>> 28) & 1) === 1 };
}

function header({ width, height, alpha }: Size, hasAlpha: boolean, hasExif: boolean): Buffer {
  const data = Buffer.alloc(10);
  data.writeUInt8((alpha || hasAlpha ? ALPHA : 0) | (hasExif ? HAS_EXIF : 0), 0);
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return data;
}

function riff(chunks: readonly Chunk[]): Buffer {
  const body = Buffer.concat(
    chunks.flatMap(({ type, data }) => {
      const head = Buffer.alloc(8);
      head.write(type, 0, 'latin1');
      head.writeUInt32LE(data.length, 4);
      return [head, data, Buffer.alloc(data.length % 2)];
    }),
  );
  const head = Buffer.alloc(HEAD);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(4 + body.length, 4);
  head.write('WEBP', 8, 'latin1');
  return Buffer.concat([head, body]);
}
