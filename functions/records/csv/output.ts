import { createHash } from 'node:crypto';

/**
 * Where the engine writes. It writes in large chunks, waits for the promise, and may reuse the chunk's memory
 * afterwards: a sink that keeps a chunk copies it.
 */
export interface ByteSink {
  write(chunk: Uint8Array): Promise<void> | void;
}

/** What was written: length, and SHA-256 in base64. */
export interface Written {
  readonly bytes: number;
  readonly sha256: string;
}

const FLUSH_BYTES = 256 * 1024;

/** Gathers small pieces into large chunks; counts and hashes what it hands on. */
export class Output {
  private buffer = Buffer.allocUnsafeSlow(FLUSH_BYTES * 2);
  private length = 0;
  private total = 0;
  private readonly hash = createHash('sha256');
  private readonly sink: ByteSink;

  constructor(sink: ByteSink) {
    this.sink = sink;
  }

  /** Time to flush: what is gathered is a large chunk. */
  get full(): boolean {
    return this.length >= FLUSH_BYTES;
  }

  append(bytes: Uint8Array, start: number, end: number): void {
    const size = end - start;
    this.reserve(size);
    if (size > 32) this.buffer.set(bytes.subarray(start, end), this.length);
    else for (let i = 0; i < size; i += 1) this.buffer[this.length + i] = bytes[start + i] ?? 0;
    this.length += size;
  }

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.length] = value;
    this.length += 1;
  }

  text(text: string): void {
    this.reserve(text.length * 3);
    this.length += this.buffer.write(text, this.length, 'utf8');
  }

  /** @throws what the sink throws. */
  async flush(): Promise<void> {
    if (this.length === 0) return;
    const chunk = this.buffer.subarray(0, this.length);
    this.hash.update(chunk);
    this.total += chunk.length;
    this.length = 0;
    await this.sink.write(chunk);
  }

  /** Flushes the rest. Once only. */
  async finish(): Promise<Written> {
    await this.flush();
    return { bytes: this.total, sha256: this.hash.digest('base64') };
  }

  private reserve(size: number): void {
    if (this.length + size <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.length + size));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
