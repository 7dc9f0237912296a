import { ScratchFile } from '../scratch/scratch-file.ts';

const WRITE_BYTES = 256 * 1024;

/** Byte strings on the local disk, written one after another and found again by their position. */
export class ByteStore {
  private readonly file = new ScratchFile();
  private readonly buffer = Buffer.allocUnsafeSlow(WRITE_BYTES);
  private used = 0;

  /** Where the next byte goes. */
  get size(): number {
    return this.file.size + this.used;
  }

  append(bytes: Uint8Array, start: number, end: number): void {
    if (this.used + end - start > WRITE_BYTES) this.settle();
    if (end - start > WRITE_BYTES) {
      this.file.append(bytes.subarray(start, end));
      return;
    }
    this.buffer.set(bytes.subarray(start, end), this.used);
    this.used += end - start;
  }

  latin1(text: string): void {
    if (this.used + text.length > WRITE_BYTES) this.settle();
    if (text.length > WRITE_BYTES) this.file.append(Buffer.from(text, 'latin1'));
    else this.used += this.buffer.write(text, this.used, 'latin1');
  }

  number(value: number): void {
    if (this.used + NUMBER_BYTES > WRITE_BYTES) this.settle();
    this.used = this.buffer.writeDoubleLE(value, this.used);
  }

  /** Fills `target` from a position; answers how many bytes there were. */
  read(position: number, target: Uint8Array): number {
    if (position + target.length > this.file.size) this.settle();
    return this.file.read(position, target);
  }

  close(): void {
    this.file.close();
  }

  private settle(): void {
    this.file.append(this.buffer.subarray(0, this.used));
    this.used = 0;
  }
}

/** Bytes of a number as the store has them. */
export const NUMBER_BYTES = 8;
/** What one look at a place reads at least: most rows are shorter. */
const LEAST_READ = 1024;

/** Looks into a store; what it looks at one after another it reads in blocks. */
export class StoreReader {
  private readonly store: ByteStore;
  private readonly blockBytes: number;
  private buffer = Buffer.alloc(0);
  private from = 0;
  private to = 0;

  constructor(store: ByteStore, blockBytes: number) {
    this.store = store;
    this.blockBytes = Math.max(LEAST_READ, blockBytes);
  }

  /** So many bytes; valid until the next call. @throws if they are not there. */
  at(position: number, size: number): Buffer {
    if (position < this.from || position + size > this.to) this.load(position, size);
    if (position + size > this.to) throw new Error('a store on disk has lost bytes');
    return this.buffer.subarray(position - this.from, position - this.from + size);
  }

  private load(position: number, size: number): void {
    const onward = position >= this.from && position <= this.to + this.blockBytes;
    const wanted = Math.max(size, onward ? this.blockBytes : LEAST_READ);
    if (this.buffer.length < wanted) this.buffer = Buffer.allocUnsafeSlow(wanted);
    this.from = position;
    this.to = position + this.store.read(position, this.buffer.subarray(0, wanted));
  }
}
