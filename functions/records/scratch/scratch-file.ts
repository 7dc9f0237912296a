import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Room on the local disk for what must not stay in memory. The file loses its name as soon as it is open, so that the
 * system takes it back with the process, however that ends; it is written with the owner's rights alone.
 */
export class ScratchFile {
  /** Bytes written so far. */
  size = 0;
  /** Valid in every thread of the process until `close`. */
  readonly descriptor: number;
  private open = true;

  /** @param folder where there is room; the system's folder for temporary files (in Lambda: `/tmp`) if left out. */
  constructor(folder: string = tmpdir()) {
    const path = join(folder, `hub-${randomUUID()}`);
    this.descriptor = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
  }

  /** Writes at the end; answers where. @throws as the system does, such as ENOSPC. */
  append(bytes: Uint8Array): number {
    const position = this.size;
    for (let written = 0; written < bytes.length;)
      written += writeSync(this.descriptor, bytes, written, bytes.length - written, position + written);
    this.size += bytes.length;
    return position;
  }

  /** Fills `target` from a position; answers how many bytes there were. */
  read(position: number, target: Uint8Array): number {
    let filled = 0;
    while (filled < target.length) {
      const read = readSync(this.descriptor, target, filled, target.length - filled, position + filled);
      if (read === 0) break;
      filled += read;
    }
    return filled;
  }

  /** All of it in order, in pieces of 256 KiB; each piece is valid until the next. */
  *pieces(): Generator<Uint8Array> {
    const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
    for (let position = 0; position < this.size;) {
      const read = this.read(position, piece.subarray(0, Math.min(PIECE_BYTES, this.size - position)));
      if (read === 0) throw new Error('a scratch file ended before its end');
      position += read;
      yield piece.subarray(0, read);
    }
  }

  /** Gives the room back; once is enough, more is harmless. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    closeSync(this.descriptor);
  }
}

const PIECE_BYTES = 256 * 1024;
