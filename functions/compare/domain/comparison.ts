import type { ComparisonKind, Condition, Mask } from '../../../schemas/contracts/terms.ts';
import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';

export type { ComparisonKind };

/** What of the terms of a comparison decides its result. */
export interface ComparedTerms {
  /** Fields by which rows are matched. */
  readonly key: readonly string[];
  /** Fields that are compared beside the key. */
  readonly compare: readonly string[];
  /** Fields that are granted on a match. */
  readonly fields: readonly string[];
  readonly filter: readonly Condition[];
  readonly mask: Readonly<Record<string, Mask>>;
  /** Of `link`, which has one: the least score of a candidate, 0 to 1. */
  readonly threshold?: number | undefined;
  /** A result with fewer matches is not told. */
  readonly minResult: number;
  /** Records that a list may have. */
  readonly maxList: number;
}

/** The Parquet columns of a field: its text, and its ordered text where that is another. */
export interface RepresentedColumn {
  readonly field: string;
  readonly text: string;
  readonly ordered?: string | undefined;
}

/** Rows of the list by what they came to; together they are the rows that are records. Of `link`, `match` has a candidate. */
export interface ListCounts {
  readonly match: number;
  readonly mismatch: number;
  readonly absent: number;
  /** Without a key, or with a value that is not of its field's type. */
  readonly invalid: number;
  /** The key of a row before. */
  readonly repeated: number;
}

export interface ListRefusal {
  readonly code:
    | Extract<
        UploadRefusal['code'],
        'header' | 'empty' | 'encoding' | 'unknown-format' | 'unreadable' | 'too-large' | 'no-such-sheet'
      >
    /** More records than `maxList`. */
    | 'list-too-long'
    /** The result does not go into its format: more rows than a sheet has. */
    | 'result-unfit';
  /** What is the matter and what to do, without any value of a record. */
  readonly detail: string;
  /** Of the resource. */
  readonly field?: string | undefined;
  /** Of the list. */
  readonly column?: string | undefined;
}
