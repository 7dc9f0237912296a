import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { PartDeclaration } from '../../../schemas/contracts/uploads.ts';

/** A file as it will be announced. */
export interface Digested {
  readonly file: string;
  readonly bytes: number;
  /** Base64. */
  readonly sha256: string;
  /** Bytes of every part but the last; absent for one PUT. */
  readonly partBytes: number | undefined;
  readonly parts: readonly PartDeclaration[];
  readonly modifiedMs: number;
}

/** Reads a file once, in constant memory: its digest, and that of each part where it goes in parts. */
export async function digestOf(
  file: string,
  partBytes: number | undefined,
  onBytes: (done: number) => void,
  signal?: AbortSignal,
): Promise<Digested> {
  const { mtimeMs } = await stat(file);
  const whole = createHash('sha256');
  const cutter = partBytes === undefined ? undefined : new PartCutter(partBytes);
  let bytes = 0;
  for await (const chunk of createReadStream(file, {
    highWaterMark: 1024 ** 2,
    ...(signal && { signal }),
  }) as AsyncIterable<Buffer>) {
    whole.update(chunk);
    cutter?.take(chunk);
    bytes += chunk.length;
    onBytes(bytes);
  }
  const parts = cutter?.finish() ?? [];
  return { file, bytes, sha256: whole.digest('base64'), partBytes, parts, modifiedMs: mtimeMs };
}

/** Whether the file is still the one that was read. */
export async function isUnchanged({ file, bytes, modifiedMs }: Digested): Promise<boolean> {
  const { size, mtimeMs } = await stat(file);
  return size === bytes && mtimeMs === modifiedMs;
}

class PartCutter {
  readonly #size: number;
  readonly #parts: PartDeclaration[] = [];
  #hash = createHash('sha256');
  #filled = 0;

  constructor(size: number) {
    this.#size = size;
  }

  take(chunk: Buffer): void {
    for (let from = 0; from < chunk.length;) {
      const piece = chunk.subarray(from, from + this.#size - this.#filled);
      this.#hash.update(piece);
      this.#filled += piece.length;
      from += piece.length;
      if (this.#filled === this.#size) this.#close();
    }
  }

  finish(): PartDeclaration[] {
    if (this.#filled > 0) this.#close();
    return this.#parts;
  }

  #close(): void {
    this.#parts.push({ bytes: this.#filled, sha256: this.#hash.digest('base64') });
    this.#hash = createHash('sha256');
    this.#filled = 0;
  }
}
