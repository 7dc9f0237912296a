import type { AttachmentType } from '../../../schemas/contracts/definition.ts';
import { cleanJpeg } from './jpeg.ts';
import { cleanPng } from './png.ts';
import { cleanWebp } from './webp.ts';

/** What every picture of a type begins with. PDF is none: it carries programs, files and letters within letters. */
const BEGINS: Readonly<Record<AttachmentType, (bytes: Buffer) => boolean>> = {
  jpeg: (bytes) => bytes.readUIntBE(0, 3) === 0xffd8ff,
  png: (bytes) => bytes.readBigUInt64BE(0) === 0x89504e470d0a1a0an,
  webp: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
};

const SHORTEST = 16;

/** By the first bytes, whatever its name says. */
export function pictureType(bytes: Buffer): AttachmentType | undefined {
  if (bytes.length < SHORTEST) return undefined;
  return (Object.keys(BEGINS) as AttachmentType[]).find((type) => BEGINS[type](bytes));
}

const CLEAN: Readonly<Record<AttachmentType, (bytes: Buffer) => Buffer>> = {
  jpeg: cleanJpeg,
  png: cleanPng,
  webp: cleanWebp,
};

/**
 * The picture with what draws it and nothing else, the way up that it was to be shown included: no EXIF, XMP, place, comment,
 * thumbnail, colour profile or second picture, and nothing behind its end. Pixels stay as they are, undecoded.
 *
 * @throws UnfitPicture if it is not built as its format says, or is not to be shown as one picture of a size that can be
 */
export const cleanPicture = (type: AttachmentType, bytes: Buffer): Buffer => CLEAN[type](bytes);
