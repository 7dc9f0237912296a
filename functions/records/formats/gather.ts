const LARGE = 256 * 1024;

/** Small pieces of converted text, gathered into a large chunk. */
export class Gather {
  private buffer = Buffer.allocUnsafeSlow(LARGE * 2);
  private length = 0;

  /** What is gathered is a large chunk. */
  get full(): boolean {
    return this.length >= LARGE;
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

  /** What is there, and an empty start; valid until something is gathered anew. */
  take(): Buffer {
    const chunk = this.buffer.subarray(0, this.length);
    this.length = 0;
    return chunk;
  }

  private reserve(size: number): void {
    if (this.length + size <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.length + size));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
