/** The picture's fault: damaged, cut off, or with a feature of its format that is not taken. Says nothing of what it shows. */
export class UnfitPicture extends Error {}

/** So many pixels fit in 200 MB of whoever shows them; a few bytes can say that they are a thousand times as many. */
const MOST_PIXELS = 50_000_000;

/** @throws UnfitPicture */
export function mustBeShowable(width: number, height: number): void {
  if (width < 1 || height < 1) throw new UnfitPicture('it has no pixels');
  if (width * height > MOST_PIXELS) throw new UnfitPicture(`it has more than ${MOST_PIXELS} pixels`);
}

/** A part of a picture, with the reader's place in it; whatever is not there is the picture's fault. */
export function part(bytes: Buffer, from: number, length: number): Buffer {
  if (from + length > bytes.length) throw new UnfitPicture('it ends before its end');
  return bytes.subarray(from, from + length);
}
