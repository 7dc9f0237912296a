import { type Cells, DOUBLED, QUOTED } from './cells.ts';

/**
 * The structure of CSV records (RFC 4180) on bytes, every fault of it included. It knows nothing of
 * encodings: UTF-8 never uses a byte below 0x80 within a character.
 *
 * A line ends at LF or CRLF. A quote that is not where RFC 4180 allows one is a fault of its record: the scanner takes
 * it as an ordinary character, so that the record still ends at its line's end. So is a CR on its own outside quotes.
 */
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const LF = 0x0a;
export const CR = 0x0d;
/** Bytes that may end a cell. */
export const ENDS = [QUOTE, COMMA, LF, CR];

/** Bits of `Scanner.fault`; any of them rejects the record. */
const STRAY_QUOTE = 1;
export const UNCLOSED_QUOTE = 2;

/** Bytes that end an ordinary run of an unquoted cell, by the delimiter. */
const SPECIAL = new Map<number, Uint8Array>();

function specialOf(delimiter: number): Uint8Array {
  const known = SPECIAL.get(delimiter);
  if (known) return known;
  const special = new Uint8Array(256);
  for (const byte of [QUOTE, delimiter, LF, CR]) special[byte] = 1;
  SPECIAL.set(delimiter, special);
  return special;
}

export class Scanner {
  /** Cells of the record; only as many as `cells` is wide have a place there. */
  count = 0;
  readonly cells: Cells;
  /** Where the record ends without its line break, and where the next one starts. */
  end = 0;
  next = 0;
  /** Line breaks inside quotes: how many physical lines the record has beyond its first. */
  innerLines = 0;
  fault = 0;
  private readonly delimiter: number;
  private readonly special: Uint8Array;

  /** @param delimiter another one than the comma stands in files that are no uploads yet (clean/) */
  constructor(cells: Cells, delimiter: number = COMMA) {
    this.cells = cells;
    this.delimiter = delimiter;
    this.special = specialOf(delimiter);
  }

  /**
   * Reads the record at `start`. Without `final`, false means that the record is not complete before `limit`. With it,
   * `limit` is the end of everything, and the answer is always true.
   * bytes[limit] must exist and be LF: it stops the inner loops.
   */
  scan(bytes: Uint8Array, start: number, limit: number, final: boolean): boolean {
    const { offsets, flags, first, width } = this.cells;
    const { delimiter, special } = this;
    let count = 0;
    let i = start;
    let fault = 0;
    let innerLines = 0;
    for (;;) {
      let cellStart = i;
      let cellEnd = -1;
      let flag = 0;
      if (bytes[i] === QUOTE && i < limit) {
        cellStart = i += 1;
        flag = QUOTED;
        for (;;) {
          let byte = bytes[i];
          while (byte !== QUOTE && (byte !== LF || i < limit)) {
            if (byte === LF) innerLines += 1;
            i += 1;
            byte = bytes[i];
          }
          if (i >= limit) {
            if (!final) return false;
            fault |= UNCLOSED_QUOTE;
            break;
          }
          if (i + 1 >= limit && !final) return false;
          if (i + 1 >= limit || bytes[i + 1] !== QUOTE) break;
          flag |= DOUBLED;
          i += 2;
        }
        cellEnd = i;
        if (i < limit) i += 1;
      }
      // Up to the delimiter: nothing, after a closed quote that is well placed.
      for (;;) {
        while (special[bytes[i] ?? LF] === 0) {
          if (cellEnd >= 0) fault |= STRAY_QUOTE;
          i += 1;
        }
        const byte = bytes[i];
        if (byte === delimiter || (byte === LF && i < limit) || i >= limit) break;
        if (byte === CR) {
          if (i + 1 < limit && bytes[i + 1] === LF) break;
          if (i + 1 >= limit && !final) return false;
        }
        fault |= STRAY_QUOTE;
        i += 1;
      }
      if (i >= limit && !final) return false;
      if (count < width) {
        const n = first + count;
        offsets[n * 2] = cellStart;
        offsets[n * 2 + 1] = cellEnd >= 0 ? cellEnd : i;
        flags[n] = flag;
      }
      count += 1;
      if (i < limit && bytes[i] === delimiter) {
        i += 1;
        continue;
      }
      this.count = count;
      this.fault = fault;
      this.innerLines = innerLines;
      this.end = i;
      this.next = Math.min(limit, bytes[i] === CR && i < limit ? i + 2 : i + 1);
      return true;
    }
  }

  /** The text of cell i of the record just read, with its doubled quotes undone. */
  text(bytes: Buffer, i: number): string {
    return this.cells.text(bytes, i);
  }
}
