import type { FileHandle } from 'node:fs/promises';

/** What is worth a write, which another thread does: eight pieces as they come from a socket. */
const WORTH_WRITING = 512 * 1024;
/** Enough for one write and the next, and little beside what a client may send. */
const MOST_WAITING = 1024 * 1024;

/** Writes pieces one behind the other, many together, while more of them come. */
export class FileAppender {
  readonly #file: FileHandle;
  #waiting: Buffer[] = [];
  #bytes = 0;
  #writing: Promise<void> | undefined;
  #fault: { readonly error: unknown } | undefined;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Takes the piece over: nobody may write to its memory any more. */
  add(piece: Buffer): void {
    this.#waiting.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes >= WORTH_WRITING) this.#writing ??= this.#write(WORTH_WRITING);
  }

  get full(): boolean {
    return this.#bytes >= MOST_WAITING;
  }

  /** Until all that was added is in the file. @throws what writing met. */
  async written(): Promise<void> {
    while (this.#writing || this.#waiting.length > 0) await (this.#writing ??= this.#write(1));
    if (this.#fault) throw this.#fault.error;
  }

  /** As long as so many bytes wait. */
  async #write(least: number): Promise<void> {
    try {
      while (this.#waiting.length > 0 && this.#bytes >= least) {
        const pieces = this.#waiting;
        this.#waiting = [];
        await this.#append(pieces);
      }
    } catch (error) {
      this.#fault ??= { error };
      this.#waiting = [];
    } finally {
      // In the same turn in which too little was left: what is added later begins anew.
      this.#writing = undefined;
    }
  }

  /** A write may take less than it was given. */
  async #append(pieces: readonly Buffer[]): Promise<void> {
    let left = pieces;
    while (left.length > 0) {
      const { bytesWritten } = await this.#file.writev(left);
      this.#bytes -= bytesWritten;
      left = without(left, bytesWritten);
    }
  }
}

function without(pieces: readonly Buffer[], bytes: number): readonly Buffer[] {
  let gone = bytes;
  let first = 0;
  for (; first < pieces.length && gone >= (pieces[first]?.length ?? 0); first += 1) gone -= pieces[first]?.length ?? 0;
  const [begun, ...rest] = pieces.slice(first);
  return begun === undefined ? [] : [begun.subarray(gone), ...rest];
}
