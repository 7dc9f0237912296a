/** Bits of `Cells.flags`: the cell stands in quotes; doubled quotes stand in it. */
export const QUOTED = 1;
export const DOUBLED = 2;

/** Where the cells of one or more records stand in some bytes; all of the records have the same number of cells. */
export class Cells {
  /**
   * Cell i of record r has number n = r * width + i. It is [offsets[2n], offsets[2n + 1]), within its quotes if it has
   * any.
   */
  readonly offsets: Int32Array;
  readonly flags: Uint8Array;
  /** Places of records, of which the first so many are chosen: for who takes some of a block. */
  readonly chosen: Int32Array;
  /** Number of the first cell of the record that is looked at: readers write there, and writers read there. */
  first = 0;
  /** Records that are complete. */
  records = 0;
  readonly width: number;
  readonly capacity: number;
  private all: Int32Array | undefined;

  constructor(
    width: number,
    capacity = 1,
    offsets = new Int32Array(width * capacity * 2),
    flags = new Uint8Array(width * capacity),
    chosen = new Int32Array(capacity),
  ) {
    this.width = width;
    this.capacity = capacity;
    this.offsets = offsets;
    this.flags = flags;
    this.chosen = chosen;
  }

  get full(): boolean {
    return this.records >= this.capacity;
  }

  /** Cell i of the record that is looked at. */
  set(i: number, start: number, end: number, flags: number): void {
    const n = this.first + i;
    this.offsets[n * 2] = start;
    this.offsets[n * 2 + 1] = end;
    this.flags[n] = flags;
  }

  /** Keeps the record that was just read, and goes on behind it. */
  keep(): void {
    this.records += 1;
    this.first += this.width;
  }

  /** Chooses all records. @returns how many they are */
  chooseAll(): number {
    this.chosen.set((this.all ??= Int32Array.from({ length: this.capacity }, (_, i) => i)));
    return this.records;
  }

  clear(): void {
    this.records = 0;
    this.first = 0;
  }

  /** The text of cell i of the record that is looked at, with its doubled quotes undone. */
  text(bytes: Buffer, i: number): string {
    const n = this.first + i;
    const text = bytes.toString('utf8', this.offsets[n * 2], this.offsets[n * 2 + 1]);
    return ((this.flags[n] ?? 0) & DOUBLED) === 0 ? text : text.replaceAll('""', '"');
  }
}

/** Few enough cells that a block stays in the processor's cache, and that what is made of them has a bound. */
const CELLS_IN_A_BLOCK = 4096;
const RECORDS_IN_A_BLOCK = 256;

export const recordsInBlock = (width: number): number =>
  Math.max(1, Math.min(RECORDS_IN_A_BLOCK, Math.floor(CELLS_IN_A_BLOCK / width)));

/** Room for a block of records. */
export const blockOf = (width: number): Cells => new Cells(width, recordsInBlock(width));
