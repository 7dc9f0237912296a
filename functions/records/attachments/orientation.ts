/*
 * Which way up a picture is to be shown is the one thing of EXIF that belongs to the picture: a camera that is held upright
 * turns nothing, and says so (CIPA DC-008, Exif 3.0, 4.6.5.1.6). It is kept by an EXIF block of that one tag.
 */

const ORIENTATION = 0x0112;
const SHORT = 3;
const FIRST_ENTRY = 10;
const ENTRY_BYTES = 12;

/** 2 to 8: it is to be turned or mirrored. Undefined where nothing says so, also where EXIF cannot be read. */
export function orientationIn(tiff: Buffer): number | undefined {
  const order = tiff.toString('latin1', 0, 2);
  if (tiff.length < FIRST_ENTRY || (order !== 'II' && order !== 'MM')) return undefined;
  const short = (at: number): number => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number): number => (order === 'II' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const start = long(4);
  if (short(2) !== 42 || start + 2 > tiff.length) return undefined;
  const entries = Math.min(short(start), Math.floor((tiff.length - start - 2) / ENTRY_BYTES));
  for (let i = 0; i < entries; i += 1) {
    const at = start + 2 + i * ENTRY_BYTES;
    if (short(at) !== ORIENTATION) continue;
    const value = short(at + 8);
    return short(at + 2) === SHORT && value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** EXIF that says which way up, and nothing else. */
export function tiffOf(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}
