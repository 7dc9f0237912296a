import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { FixSink } from '../check/engine.ts';
import type { Shape } from '../check/shape.ts';
import type { Found } from '../check/violations.ts';
import type { AnyOutput } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { COMMA, type Scanner } from '../csv/scanner.ts';
import { textOfGb18030 } from '../kinds/record-kinds.ts';
import { ErrorTexts } from './error-texts.ts';
import { errorsColumn } from '../header/errors-column.ts';
import { lenientCells } from '../csv/lenient-cells.ts';

/** Records that a fix-file holds; more than these are not mended by hand. */
export const MAX_RECORDS = 100_000;
/** Spreadsheet programs take a CSV file for the local encoding unless it begins with this mark. */
const BYTE_ORDER_MARK = '\uFEFF';

export interface FixFileParts {
  readonly output: AnyOutput;
  readonly schema: TableSchema;
  readonly shape: Shape;
}

/** The rejected records as they came, with one more column that says what is wrong. Nothing is masked: they go to their owner. */
export class FixFile implements FixSink {
  records = 0;
  readonly output: AnyOutput;
  private readonly parts: FixFileParts;
  private readonly errors: ErrorTexts;

  constructor(parts: FixFileParts) {
    this.parts = parts;
    this.output = parts.output;
    this.errors = new ErrorTexts(parts.schema);
    this.output.text(BYTE_ORDER_MARK + lineOf([...namesOf(parts.shape), errorsColumn(parts.schema)]));
  }

  add(bytes: Buffer, scanner: Scanner, found: readonly Found[]): void {
    if (!this.takes()) return;
    this.parts.shape.ownLayout.write(bytes, scanner.cells, this.output);
    this.output.byte(COMMA);
    this.output.text(lineOf([this.errors.of(found)]));
  }

  /** As many cells as the header has, whatever it takes. */
  addBroken(record: Buffer, found: readonly Found[]): void {
    if (record.length === 0 || !this.takes()) return;
    const { columns, own } = this.parts.shape;
    const cells = fitted(lenientCells(textOf(record)), columns.length);
    this.output.text(lineOf([...own.map((i) => cells[i] ?? ''), this.errors.of(found)]));
  }

  private takes(): boolean {
    if (this.records >= MAX_RECORDS) return false;
    this.records += 1;
    return true;
  }
}

const namesOf = ({ columns, own }: Shape): string[] => own.map((i) => columns[i] ?? '');

/** Undecodable bytes show as U+FFFD, unless they are plainly GB18030; NUL, which no text has, is gone. */
const textOf = (record: Buffer): string => (textOfGb18030(record) ?? record.toString('utf8')).replaceAll('\0', '');

/** Missing cells are empty; surplus ones are dropped if empty, and otherwise stand with their commas in the last cell. */
function fitted(cells: readonly string[], width: number): string[] {
  if (cells.length <= width || cells.slice(width).every((cell) => cell === '')) return cells.slice(0, width);
  return [...cells.slice(0, width - 1), cells.slice(width - 1).join(',')];
}
