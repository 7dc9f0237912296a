import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { PartDeclaration } from '../../../../schemas/contracts/uploads.ts';
import { SegmentCutter } from './segment-cutter.ts';

/** A file as it will be announced. */
export interface Digested {
  readonly file: string;
  readonly bytes: number;
  /** Base64; of segments that of their raw digests. */
  readonly sha256: string;
  /** Bytes of every part but the last, or at which a segment ends with its record; absent for one PUT. */
  readonly partBytes: number | undefined;
  readonly parts: readonly PartDeclaration[];
  /** The parts are objects of their own, cut between records. */
  readonly inSegments: boolean;
  readonly modifiedMs: number;
}

/** Where segments end: behind the record that reaches so many bytes. */
export interface SegmentCuts {
  readonly segmentBytes: number;
  readonly hasQuotes: boolean;
}

/** Reads a file once, in constant memory: its digest, and that of each part or segment where it goes in several. */
export async function digestOf(
  file: string,
  cuts: number | SegmentCuts | undefined,
  onBytes: (done: number) => void,
  signal?: AbortSignal,
): Promise<Digested> {
  const { mtimeMs } = await stat(file);
  const whole = createHash('sha256');
  const cutter = cutterOf(cuts);
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
  // What has a single record goes in a single part.
  const inSegments = typeof cuts === 'object' && parts.length > 1;
  const sha256 = inSegments ? digestOfAll(parts) : whole.digest('base64');
  const partBytes = typeof cuts === 'object' ? cuts.segmentBytes : cuts;
  return { file, bytes, sha256, partBytes, parts, inSegments, modifiedMs: mtimeMs };
}

function cutterOf(cuts: number | SegmentCuts | undefined): PartCutter | SegmentCutter | undefined {
  if (cuts === undefined) return undefined;
  return typeof cuts === 'number' ? new PartCutter(cuts) : new SegmentCutter(cuts.segmentBytes, cuts.hasQuotes);
}

function digestOfAll(segments: readonly PartDeclaration[]): string {
  const hash = createHash('sha256');
  for (const { sha256 } of segments) hash.update(sha256, 'base64');
  return hash.digest('base64');
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
