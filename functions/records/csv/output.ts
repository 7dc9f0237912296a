import { type Digester, type Sha256, sha256 } from './digest.ts';
import { copyWords, Memory } from './memory.ts';

/**
 * Where the engine writes. It writes in large chunks, waits for the promise, and may reuse the chunk's memory
 * afterwards: a sink that keeps a chunk copies it.
 */
export interface ByteSink {
  write(chunk: Uint8Array): Promise<void> | void;
}

/** What was written: length, and digest. */
export type Written<Digest extends object = Sha256> = { readonly bytes: number } & Digest;

/** An output, whatever its digest. */
export type AnyOutput = Output<object>;

const FLUSH_BYTES = 256 * 1024;
/** Up to here a loop costs less than the call of a native function. */
const SHORT = 24;

/** Gathers small pieces into large chunks; counts and digests what it hands on. */
export class Output<Digest extends object = Sha256> {
  /** What is gathered, up to `length`; another memory once it has to grow. */
  memory = new Memory(FLUSH_BYTES + 64 * 1024);
  length = 0;
  private total = 0;
  private readonly digester: Digester<Digest>;
  private readonly sink: ByteSink;

  /** @param digester if left out SHA-256, which is also what `Digest` is then */
  constructor(sink: ByteSink, digester: () => Digester<Digest> = sha256 as () => Digester<never>) {
    this.sink = sink;
    this.digester = digester();
  }

  /** Time to flush: what is gathered is a large chunk. */
  get full(): boolean {
    return this.length >= FLUSH_BYTES;
  }

  append(bytes: Uint8Array, start: number, end: number): void {
    const size = end - start;
    this.reserve(size);
    const target = this.memory.bytes;
    if (size > 32) target.set(bytes.subarray(start, end), this.length);
    else for (let i = 0; i < size; i += 1) target[this.length + i] = bytes[start + i] ?? 0;
    this.length += size;
  }

  /** As `append`, faster for a few bytes. */
  copy(from: Memory, start: number, end: number): void {
    const size = end - start;
    this.reserve(size);
    copyWords(from, start, size, this.memory, this.length);
    this.length += size;
  }

  byte(value: number): void {
    this.reserve(1);
    this.memory.bytes[this.length] = value;
    this.length += 1;
  }

  text(text: string): void {
    this.reserve(text.length * 3);
    if (text.length <= SHORT && this.ascii(text)) return;
    this.length += this.memory.bytes.write(text, this.length, 'utf8');
  }

  /** False for a text that has other characters, of which nothing is written then. */
  private ascii(text: string): boolean {
    const target = this.memory.bytes;
    const at = this.length;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return false;
      target[at + i] = unit;
    }
    this.length = at + text.length;
    return true;
  }

  /** @throws what the sink throws. */
  async flush(): Promise<void> {
    if (this.length === 0) return;
    const chunk = this.memory.bytes.subarray(0, this.length);
    this.digester.update(chunk);
    this.total += chunk.length;
    this.length = 0;
    await this.sink.write(chunk);
  }

  /** Flushes the rest. Once only. */
  async finish(): Promise<Written<Digest>> {
    await this.flush();
    return { bytes: this.total, ...this.digester.digest() };
  }

  /** Room for so many bytes more, also by words. */
  reserve(size: number): void {
    if (this.length + size > this.memory.size) this.grow(size);
  }

  private grow(size: number): void {
    const larger = new Memory(Math.max(this.memory.size * 2, this.length + size));
    this.memory.bytes.copy(larger.bytes, 0, 0, this.length);
    this.memory = larger;
  }
}
