import type { CodeCheck, WeightedCode } from '../types/checks/codes.ts';
import type { ByteTable } from '../types/byte-table.ts';
import type { MomentForms } from '../types/certain/moment.ts';
import type { DecimalForm } from '../types/certain/number.ts';
import type { LearnedPattern } from '../types/certain/pattern.ts';

/**
 * What is known of a cell: nothing; good, its bytes being its canonical text; good otherwise; missing, and may be; a good moment,
 * of which the native scan has written down what it read.
 */
export const UNSURE = 0;
export const GOOD = 1;
export const GOOD_OTHERWISE = 2;
export const MISSING = 3;
export const READ = 4;

/** Judges a cell whose ends are known; [start, end) is within its quotes. */
export type CellTest = (bytes: Buffer, start: number, end: number, flags: number) => number;

/** Ways to be certain of a cell. */
export const TEXT = 0;
export const TABLE = 1;
export const NUMBER = 2;
export const INTEGER = 3;
export const DATE = 4;
/** Only `otherwise` is. */
export const OTHER = 5;
/** One of some texts, a moment, a number in any form. */
export const LIST = 6;
export const MOMENT = 7;
export const DECIMAL = 8;
/** A pattern that has no table of ASCII. */
export const PATTERN = 9;

export interface CellRule {
  readonly kind: number;
  readonly table?: ByteTable | undefined;
  /** Of the length of a text in characters, of a number, of a date as yyyymmdd: inclusive and exclusive bounds. */
  readonly least: number;
  readonly most: number;
  readonly above: number;
  readonly below: number;
  /** Of a number: more digits are left to `otherwise`; 0 for a DECIMAL of which any are good. */
  readonly digits: number;
  readonly texts?: readonly Buffer[] | undefined;
  readonly moment?: MomentForms | undefined;
  readonly decimal?: DecimalForm | undefined;
  /** Of a TABLE that knows ASCII alone, or a PATTERN: the pattern over all characters. */
  readonly learned?: LearnedPattern | undefined;
  /** Of a text. */
  readonly code?: CodeCheck | undefined;
  /** All that `code` looks at, if it is a code of weighted characters. */
  readonly weighted?: WeightedCode | undefined;
  /** What a good cell is: GOOD, GOOD_OTHERWISE or READ. */
  readonly good: number;
  /** What an empty cell is: MISSING, or UNSURE. */
  readonly empty: number;
  /** Other values that stand for a missing one: such cells are left to `otherwise`. */
  readonly markers: readonly Buffer[];
  /** Where the native scan is not sure. */
  readonly otherwise: CellTest;
}

/** Any cell is good: for what was checked before. */
export const ANYTHING: CellRule = {
  kind: TEXT,
  least: 0,
  most: Number.POSITIVE_INFINITY,
  above: 0,
  below: 0,
  digits: 0,
  good: GOOD,
  empty: MISSING,
  markers: [],
  otherwise: () => GOOD,
};
