import { Cells } from '../csv/cells.ts';
import { Output } from '../csv/output.ts';
import { LF, Scanner } from '../csv/scanner.ts';
import type { LinesWriter } from '../extract/extract-writer.ts';
import { UnreadableValue } from '../types/stored-value.ts';
import { writeLine } from './delivered.ts';
import type { Row } from './row.ts';

/** Whether two rows are delivered alike: their lines are written, and compared. */
export class Comparison {
  private readonly was = new Output({ write: () => {} });
  private readonly is = new Output({ write: () => {} });
  private scanners = new Map<number, readonly [Scanner, Scanner]>();

  /**
   * A row that cannot be written by the rules of today was delivered under others: the newer one takes its place.
   * @param width of a CSV line, whose quotes do not count; undefined where equal lines have equal bytes.
   */
  same(older: LinesWriter, was: Row, newer: LinesWriter, is: Row, width: number | undefined): boolean {
    this.was.length = this.is.length = 0;
    if (!isWritten(older, was, this.was)) return false;
    writeLine(newer, is, this.is);
    const a = this.was.memory.bytes;
    const b = this.is.memory.bytes;
    if (a.compare(b, 0, this.is.length, 0, this.was.length) === 0) return true;
    return width !== undefined && this.sameTexts(a, b, width);
  }

  private sameTexts(a: Buffer, b: Buffer, width: number): boolean {
    const [one, other] = this.scannersOf(width);
    // A line break in a cell stands in quotes: the line's own is its last byte.
    a[this.was.length - 1] = b[this.is.length - 1] = LF;
    one.scan(a, 0, this.was.length - 1, true);
    other.scan(b, 0, this.is.length - 1, true);
    for (let i = 0; i < width; i += 1) if (one.text(a, i) !== other.text(b, i)) return false;
    return true;
  }

  private scannersOf(width: number): readonly [Scanner, Scanner] {
    let pair = this.scanners.get(width);
    if (!pair) this.scanners.set(width, (pair = [new Scanner(new Cells(width)), new Scanner(new Cells(width))]));
    return pair;
  }
}

function isWritten(lines: LinesWriter, row: Row, output: Output): boolean {
  try {
    writeLine(lines, row, output);
    return true;
  } catch (fault) {
    if (fault instanceof UnreadableValue) return false;
    throw fault;
  }
}
