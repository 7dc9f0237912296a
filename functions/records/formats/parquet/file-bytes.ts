import { readSync } from 'node:fs';
import { damaged } from './damaged.ts';

/** The file on the local disk, which another thread has opened. */
export class FileBytes {
  readonly size: number;
  private readonly descriptor: number;

  constructor(descriptor: number, size: number) {
    this.descriptor = descriptor;
    this.size = size;
  }

  /** A buffer of its own. @throws RefusedFile where the file has no such bytes; what the system throws. */
  slice(start: number, length: number): Buffer {
    if (!Number.isSafeInteger(start) || start < 0 || length < 0 || start + length > this.size) throw damaged();
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let filled = 0; filled < length;) {
      const read = readSync(this.descriptor, bytes, filled, length - filled, start + filled);
      if (read === 0) throw damaged();
      filled += read;
    }
    return bytes;
  }
}
