import type { Kind } from '../kinds/codes.ts';

/** A row of more cells is none of a table: those beyond are not looked at. */
export const MAX_COLUMNS = 2000;

/** A row of a file as it stands, whatever it is; valid until the next one is read. */
export interface FileRow {
  /** As a spreadsheet numbers it, from 1. */
  readonly row: number;
  /** Texts, '' where nothing is; a row may have fewer or more than the header. */
  readonly cells: readonly string[];
  /** Its structure is broken, so that the cells are a guess or missing. */
  readonly fault?: 'quote' | 'size' | 'encoding' | undefined;
  /** Columns, from 1, in which a formula stands that no spreadsheet has computed. */
  readonly uncomputed?: readonly number[] | undefined;
  /** Columns, from 1, that got the value of the merged cell which they are a part of. */
  readonly merged?: readonly number[] | undefined;
  /** Cell i, from 0, as it stands in CSV, quotes included. */
  written(i: number): string;
}

/** The column of a file and the field that it is. */
export interface ColumnMatch {
  /** From 1. */
  readonly column: number;
  /** As the header says it; '' where it says nothing. */
  readonly name: string;
  /** Undefined: it is left out. */
  readonly field: string | undefined;
  /** What speaks for the field, or why there is none. */
  readonly by: MatchedBy;
}

export type MatchedBy = 'name' | 'title' | 'synonym' | 'answer' | 'order' | 'unknown' | 'nameless';

/** Why a row is no record. */
export type LeftOutAs = 'blank' | 'header-again' | 'total' | 'remark' | 'heading';

/** What was done to a cell: a kind of fault that was mended, or the value of a merged cell that was written into it. */
export type Mending = Kind | 'merged-cell';

export interface CellChange {
  readonly row: number;
  readonly column: number;
  readonly field: string;
  readonly mending: Mending;
  /** Undefined of fields that may be a person's. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Who cannot decide by the file alone asks; the answer is given by name. */
export interface Question {
  /** `dates.approved_on`, `column.C`, `totals`, `sheet`, `header`. */
  readonly name: string;
  readonly about: QuestionKind;
  readonly options: readonly string[];
  /** The first places that it is about: `C5`, or `row 7`; names of sheets. */
  readonly places: readonly string[];
  /** The field, or the name of the column. */
  readonly subject?: string | undefined;
  /** How many cells or rows. */
  readonly count?: number | undefined;
}

export type QuestionKind =
  | 'sheet'
  | 'header'
  | 'column'
  | 'dates'
  | 'totals'
  | 'headings'
  | 'unit'
  | 'decimal-comma'
  | 'letter-for-digit'
  | 'date-and-time'
  | 'date-alone'
  | 'whole-date';

/** By name of question. */
export type Answers = ReadonlyMap<string, string>;
