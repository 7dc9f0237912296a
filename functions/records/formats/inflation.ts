import { RefusedFile } from './refused-file.ts';

const GIB = 1024 ** 3;
const MAX_RATIO = 100;
const LEAST_LIMIT = GIB;
const MOST = 20 * GIB;

/**
 * How far a file may inflate (PROTOCOL, Uploads): to 100 times its size or 1 GiB, whichever is more, and never beyond
 * 20 GiB. Counts one kind of bytes: what is unpacked, or the text that is made of it.
 */
export class Inflation {
  private counted = 0;
  private readonly limit: number;

  constructor(fileBytes: number) {
    this.limit = Math.min(MOST, Math.max(LEAST_LIMIT, fileBytes * MAX_RATIO));
  }

  /** @throws RefusedFile beyond the limit. */
  add(bytes: number): void {
    this.counted += bytes;
    if (!(this.counted <= this.limit))
      throw new RefusedFile(
        'too-large',
        `the file inflates to more than ${Math.floor(this.limit / GIB)} GiB; send it in parts, or as CSV`,
      );
  }
}
