import { Cells } from '../csv/cells.ts';
import { Memory } from '../csv/memory.ts';
import { LF, Scanner } from '../csv/scanner.ts';

/** A record and where its cells are, without its line break: valid until the reader that has it goes on. */
export interface Row {
  readonly memory: Memory;
  readonly cells: Cells;
  readonly start: number;
  readonly end: number;
}

/** The bytes of a row as a string of Latin-1: with less beside them in memory than a buffer has. */
export const kept = ({ memory, start, end }: Row): string => memory.bytes.toString('latin1', start, end);

/** Makes rows again of bytes that were kept. */
export class KeptRow implements Row {
  memory = new Memory(4096);
  readonly cells: Cells;
  readonly start = 0;
  end = 0;
  private readonly scanner: Scanner;

  constructor(width: number) {
    this.cells = new Cells(width);
    this.scanner = new Scanner(this.cells);
  }

  /** @param row Latin-1 */
  load(row: string): this {
    this.reserve(row.length);
    this.memory.bytes.write(row, 0, 'latin1');
    return this.scanned(row.length);
  }

  /** @param row without its line break */
  copy(row: Buffer): this {
    this.reserve(row.length);
    row.copy(this.memory.bytes);
    return this.scanned(row.length);
  }

  private reserve(length: number): void {
    if (length >= this.memory.size) this.memory = new Memory(length * 2);
  }

  private scanned(length: number): this {
    this.end = length;
    this.memory.bytes[length] = LF;
    this.scanner.scan(this.memory.bytes, 0, length, true);
    return this;
  }
}
