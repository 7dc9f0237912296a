import { COMMA, LF, QUOTE } from './scanner.ts';

/** Where in a record the next byte stands. */
const CELL_START = 0;
const UNQUOTED = 1;
const IN_QUOTES = 2;
const AFTER_QUOTE = 3;

/** Finds the end of a record that is too long to keep, byte by byte and in no memory, by the scanner's rules. */
export class Skipper {
  /** Physical line breaks passed so far, the record's own end among them. */
  lines = 0;
  private state = CELL_START;
  private readonly delimiter: number;

  constructor(delimiter: number = COMMA) {
    this.delimiter = delimiter;
  }

  get inQuotes(): boolean {
    return this.state === IN_QUOTES;
  }

  reset(): void {
    this.lines = 0;
    this.state = CELL_START;
  }

  /** Where the next record starts, or -1 if this one goes on beyond `end`. */
  skip(bytes: Uint8Array, start: number, end: number): number {
    for (let i = start; i < end; i += 1) {
      const byte = bytes[i] ?? 0;
      if (byte === LF) {
        this.lines += 1;
        if (this.state !== IN_QUOTES) return i + 1;
      } else {
        this.state = after(this.state, byte, this.delimiter);
      }
    }
    return -1;
  }
}

function after(state: number, byte: number, delimiter: number): number {
  if (state === IN_QUOTES) return byte === QUOTE ? AFTER_QUOTE : IN_QUOTES;
  if (byte === QUOTE) return state === UNQUOTED ? UNQUOTED : IN_QUOTES;
  return byte === delimiter ? CELL_START : UNQUOTED;
}
