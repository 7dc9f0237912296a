import { crc32 } from 'node:zlib';
import { orientationIn, tiffOf } from './orientation.ts';
import { mustBeShowable, part, UnfitPicture } from './unfit-picture.ts';

// ISO/IEC 15948 (PNG): chunks of length, type, data and CRC. Kept are those without which nothing is drawn, and tRNS, which
// says what shows through. Of an animated one the still picture is kept.

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const BETWEEN = 12;

/** Bit depths that a colour type may have. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** @throws UnfitPicture */
export function cleanPng(bytes: Buffer): Buffer {
  const kept: Chunk[] = [];
  let orientation: number | undefined;
  for (const chunk of chunksOf(bytes)) {
    if (chunk.type === 'eXIf') orientation ??= orientationIn(chunk.data);
    if (isCritical(chunk) || chunk.type === 'tRNS') kept.push(chunk);
  }
  mustBeOrdered(kept);
  const [header, ...others] = kept as [Chunk, ...Chunk[]];
  const exif = orientation === undefined ? [] : [{ type: 'eXIf', data: tiffOf(orientation) }];
  return Buffer.concat([SIGNATURE, ...[header, ...exif, ...others].map(written)]);
}

function* chunksOf(bytes: Buffer): Generator<Chunk> {
  for (let at = SIGNATURE.length; ;) {
    const length = part(bytes, at, 4).readUInt32BE();
    const whole = part(bytes, at, BETWEEN + length);
    const type = whole.toString('latin1', 4, 8);
    if (!/^[A-Za-z]{4}$/.test(type) || crc32(whole.subarray(4, 8 + length)) !== whole.readUInt32BE(8 + length))
      throw new UnfitPicture('a chunk of it is damaged');
    yield { type, data: whole.subarray(8, 8 + length) };
    if (type === 'IEND') return;
    at += whole.length;
  }
}

/** Whoever does not know such a chunk cannot draw the picture. */
const isCritical = ({ type }: Chunk): boolean => type.charAt(0) < 'a';

/** IHDR, perhaps PLTE and tRNS, IDAT one behind the other, IEND; each as long as it should be. */
function mustBeOrdered(chunks: readonly Chunk[]): void {
  const order = chunks.map(({ type }) => type).join(' ');
  if (!/^IHDR( PLTE)?( tRNS)?( IDAT)+ IEND$/.test(order)) throw new UnfitPicture('its chunks are not those of a PNG');
  const [header] = chunks as [Chunk];
  const colour = mustBeHeader(header.data);
  const of = (type: string): number | undefined => chunks.find((chunk) => chunk.type === type)?.data.length;
  const palette = of('PLTE');
  const isPalette = palette === undefined ? colour !== 3 : palette > 0 && palette % 3 === 0 && palette <= 768;
  if (!isPalette || !isTransparency(colour, of('tRNS'), palette ?? 0) || of('IEND') !== 0)
    throw new UnfitPicture('a chunk of it has a length that it cannot have');
}

function mustBeHeader(data: Buffer): number {
  const [depth = 0, colour = 0, compression, filter, interlace = 2] = data.subarray(8);
  if (data.length !== 13 || !DEPTHS[colour]?.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1)
    throw new UnfitPicture('its header is not one of a PNG');
  mustBeShowable(data.readUInt32BE(0), data.readUInt32BE(4));
  return colour;
}

function isTransparency(colour: number, length: number | undefined, palette: number): boolean {
  if (length === undefined) return true;
  if (colour === 3) return length <= palette / 3;
  return length === { 0: 2, 2: 6 }[colour];
}

function written({ type, data }: Chunk): Buffer {
  const chunk = Buffer.alloc(BETWEEN + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}
