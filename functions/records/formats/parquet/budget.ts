import { RefusedFile } from '../refused-file.ts';

/** Of all columns together: a thousand columns with pages of 256 KiB, or hundreds with pages of 1 MiB. */
const MOST_BYTES = 384 * 1024 * 1024;

/** What pages and dictionaries hold in memory at once. */
export class Budget {
  private held = 0;

  /** What took `before` bytes is replaced by what takes `after`. @throws RefusedFile beyond the budget. */
  replace(before: number, after: number): void {
    this.held += after - before;
    if (this.held > MOST_BYTES)
      throw new RefusedFile(
        'too-large',
        `the pages that a row of the Parquet file needs are larger than ${MOST_BYTES} bytes; write smaller pages, or fewer columns`,
      );
  }
}
