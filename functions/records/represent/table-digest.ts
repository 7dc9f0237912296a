import { hash } from 'node:crypto';

const WORD = 4;
const WORD_BITS = 32n;
const HALF = 2n ** 64n;

/**
 * What proves the values of a table whatever the order of its rows: the sums, modulo 2^64, of the two halves of the MD5 of each
 * row's line. It finds what was lost, repeated or altered on the way, and nothing that somebody does on purpose.
 */
export class TableDigest {
  private rows = 0;
  private sums: readonly bigint[] = [0n, 0n, 0n, 0n];
  private readonly words = [0, 0, 0, 0];

  /** A line without its line break. */
  add(line: Uint8Array): void {
    const digest = hash('md5', line, 'buffer');
    for (let i = 0; i < this.words.length; i += 1) this.words[i]! += digest.readUInt32LE(i * WORD);
    this.rows += 1;
    if (this.rows % FOLD_ROWS === 0) this.fold();
  }

  get text(): string {
    this.fold();
    const [a, b, c, d] = this.sums as [bigint, bigint, bigint, bigint];
    return digestText(a + (b << WORD_BITS), c + (d << WORD_BITS));
  }

  /** Before the sums are too large for exact numbers. */
  private fold(): void {
    this.sums = this.sums.map((sum, i) => sum + BigInt(this.words[i]!));
    this.words.fill(0);
  }
}

const FOLD_ROWS = 1_000_000;

/** Of the sums of the first and of the last halves, each a little-endian number. */
export const digestText = (first: bigint, last: bigint): string =>
  [first, last].map((sum) => (sum % HALF).toString(16).padStart(16, '0')).join('');
