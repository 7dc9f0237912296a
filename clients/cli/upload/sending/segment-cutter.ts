import { createHash } from 'node:crypto';
import type { PartDeclaration } from '../../../../schemas/contracts/uploads.ts';

const LF = 0x0a;
const QUOTE = 0x22;
/** A record has at most 1 MiB: quotes that are open for longer were left open by a mistake, and enclose nothing. */
const LONGEST_QUOTED = 1024 ** 2;

/**
 * Cuts a text behind the first line break that ends a record once a piece is large enough. Line breaks and quotes are no
 * part of a longer character, in UTF-8 or GB18030; a doubled quote closes and opens again.
 */
export class SegmentCutter {
  readonly #size: number;
  readonly #hasQuotes: boolean;
  readonly #pieces: PartDeclaration[] = [];
  #hash = createHash('sha256');
  #filled = 0;
  /** Bytes since a quote was opened; undefined outside quotes. */
  #quoted: number | undefined;

  /** @param hasQuotes line breaks within quotes end no record: CSV, but not NDJSON */
  constructor(size: number, hasQuotes: boolean) {
    this.#size = size;
    this.#hasQuotes = hasQuotes;
  }

  take(chunk: Buffer): void {
    for (let from = 0; from < chunk.length;) {
      const end = this.#filled < this.#size ? this.#upToSize(chunk, from) : this.#lineEnd(chunk, from);
      if (this.#hasQuotes) this.#passQuotes(chunk, from, end);
      this.#hash.update(chunk.subarray(from, end));
      this.#filled += end - from;
      if (this.#filled >= this.#size && chunk[end - 1] === LF && this.#quoted === undefined) this.#close();
      from = end;
    }
  }

  finish(): PartDeclaration[] {
    if (this.#filled > 0) this.#close();
    return this.#pieces;
  }

  #upToSize(chunk: Buffer, from: number): number {
    return Math.min(chunk.length, from + this.#size - this.#filled);
  }

  #lineEnd(chunk: Buffer, from: number): number {
    const found = chunk.indexOf(LF, from);
    return found < 0 ? chunk.length : found + 1;
  }

  #passQuotes(chunk: Buffer, from: number, end: number): void {
    let at = from;
    for (let quote = chunk.indexOf(QUOTE, at); quote >= 0 && quote < end; quote = chunk.indexOf(QUOTE, at)) {
      this.#grow(quote - at);
      this.#quoted = this.#quoted === undefined ? 0 : undefined;
      at = quote + 1;
    }
    this.#grow(end - at);
  }

  #grow(bytes: number): void {
    if (this.#quoted === undefined) return;
    this.#quoted += bytes;
    if (this.#quoted > LONGEST_QUOTED) this.#quoted = undefined;
  }

  #close(): void {
    this.#pieces.push({ bytes: this.#filled, sha256: this.#hash.digest('base64') });
    this.#hash = createHash('sha256');
    this.#filled = 0;
  }
}
