import type { Memory } from './memory.ts';
import { nativeMemory } from './native/native-memory.ts';
import { LF } from './scanner.ts';

/** A record may be this long, in bytes of UTF-8 without its line break. */
export const MAX_RECORD_BYTES = 1024 * 1024;
/** Enough for a record of any allowed length, doubled so that waiting for its end stays linear. */
const CAPACITY = 2 * (MAX_RECORD_BYTES + 64);
/** Fewer bytes than this are not worth a pass. */
const LEAST_FILL = 64 * 1024;

/** A sliding view of a byte stream: [start, end) of `bytes`, always followed by one LF that is not part of it. */
export class Window {
  readonly memory: Memory = nativeMemory(CAPACITY + 1);
  readonly bytes = this.memory.bytes;
  start = 0;
  end = 0;
  /** Nothing follows `end`. */
  final = false;
  private readonly source: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Reads on until twice what is there (and a sensible least) is there, or everything is. */
  async fill(): Promise<void> {
    this.bytes.copyWithin(0, this.start, this.end);
    this.end -= this.start;
    this.start = 0;
    const wanted = Math.min(CAPACITY, Math.max(LEAST_FILL, this.end * 2));
    while (this.end < wanted && !this.final) {
      if (this.rest.length > 0) this.take();
      else await this.pull();
    }
    this.bytes[this.end] = LF;
  }

  private take(): void {
    const part = this.rest.subarray(0, CAPACITY - this.end);
    this.bytes.set(part, this.end);
    this.end += part.length;
    this.rest = this.rest.subarray(part.length);
  }

  private async pull(): Promise<void> {
    const result: IteratorResult<Uint8Array, unknown> = await this.source.next();
    if (result.done === true) this.final = true;
    else this.rest = result.value;
  }

  /** Stops reading: lets the source free what it holds. */
  async close(): Promise<void> {
    if (!this.final) await this.source.return?.();
  }
}
