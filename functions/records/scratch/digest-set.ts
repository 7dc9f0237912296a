import { ScratchFile } from './scratch-file.ts';

/** Digests are told apart by as many bytes. */
const BYTES = 16;
/** Of the first byte: keyed digests fall evenly. */
const PARTS = 256;
/** Of a part, until it is written: 1 MiB for all of them. */
const BUFFER_BYTES = 256 * BYTES;

/**
 * Digests of 16 bytes on the local disk, however many: first parts by the first byte, then, once all are there, these one behind
 * the other, each in order. In memory is one part at most, a 256th. Close it.
 */
export class DigestSet {
  private readonly parts = Array.from({ length: PARTS }, () => ({
    file: undefined as ScratchFile | undefined,
    buffer: Buffer.allocUnsafe(BUFFER_BYTES),
    filled: 0,
  }));
  private sorted: ScratchFile | undefined;
  /** Where the digests of each part begin in the sorted file, and where the last ones end, counted in digests. */
  private readonly starts = [0];
  private readonly entry = Buffer.allocUnsafe(BYTES);

  /** @param digest in hexadecimal; the same one again changes nothing. Not after `has`. */
  add(digest: string): void {
    const part = this.parts[Number.parseInt(digest.slice(0, 2), 16)];
    if (this.sorted || !part) throw new Error('no digest, or too late for one');
    part.buffer.write(digest, part.filled, BYTES, 'hex');
    part.filled += BYTES;
    if (part.filled === BUFFER_BYTES) this.flush(part);
  }

  has(digest: string): boolean {
    this.sorted ??= this.sort();
    const wanted = Buffer.from(digest, 'hex');
    const [first = 0] = wanted;
    let [low, high] = [this.starts[first] ?? 0, this.starts[first + 1] ?? 0];
    while (low < high) {
      const middle = (low + high) >>> 1;
      this.sorted.read(middle * BYTES, this.entry);
      const order = wanted.compare(this.entry);
      if (order === 0) return true;
      if (order < 0) high = middle;
      else low = middle + 1;
    }
    return false;
  }

  close(): void {
    for (const { file } of this.parts) file?.close();
    this.sorted?.close();
  }

  private flush(part: (typeof this.parts)[number]): void {
    part.file ??= new ScratchFile();
    part.file.append(part.buffer.subarray(0, part.filled));
    part.filled = 0;
  }

  private sort(): ScratchFile {
    const sorted = new ScratchFile();
    for (const part of this.parts) {
      if (part.filled > 0) this.flush(part);
      const bytes = Buffer.allocUnsafe(part.file?.size ?? 0);
      part.file?.read(0, bytes);
      part.file?.close();
      const entries = Array.from({ length: bytes.length / BYTES }, (_, i) =>
        bytes.subarray(i * BYTES, (i + 1) * BYTES),
      ).sort((a, b) => a.compare(b));
      sorted.append(Buffer.concat(entries));
      this.starts.push(sorted.size / BYTES);
    }
    return sorted;
  }
}
