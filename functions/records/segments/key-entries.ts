import { readVarint, varintLength } from './varint.ts';

/** Reads back what `KeyTrail` has written, entry by entry; whatever is no such stream is a fault. */
export class KeyEntries {
  /** Number of the record in its segment, from 0. */
  record = 0;
  isAccepted = false;
  /** Key k of the record is [starts[k], ends[k]) of `bytes`; `starts[k]` is -1 where it has none. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  bytes: Buffer = Buffer.alloc(0);
  private at = 0;
  private readonly keys: number;
  private readonly source: AsyncIterator<Uint8Array>;

  constructor(input: AsyncIterable<Uint8Array>, keys: number) {
    this.source = input[Symbol.asyncIterator]();
    this.keys = keys;
  }

  /** False where more has to be read first, or nothing is left. */
  next(): boolean {
    const { bytes } = this;
    const head = readVarint(bytes, this.at, bytes.length);
    if (head === undefined) return false;
    let at = this.at + varintLength(head);
    for (let k = 0; k < this.keys; k += 1) {
      const size = readVarint(bytes, at, bytes.length);
      if (size === undefined) return false;
      at += varintLength(size);
      if (at + size - 1 > bytes.length) return false;
      this.starts[k] = size === 0 ? -1 : at;
      if (size > 0) at += size - 1;
      this.ends[k] = at;
    }
    this.record += Math.floor(head / 2);
    this.isAccepted = head % 2 === 0;
    this.at = at;
    return true;
  }

  /** Reads on; false once all is read. */
  async fill(): Promise<boolean> {
    const result: IteratorResult<Uint8Array, unknown> = await this.source.next();
    if (result.done === true) {
      if (this.at < this.bytes.length) throw new Error('a stream of keys ends within an entry');
      return false;
    }
    this.bytes = Buffer.concat([this.bytes.subarray(this.at), result.value]);
    this.at = 0;
    return true;
  }

  async close(): Promise<void> {
    await this.source.return?.();
  }
}
