import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { Condition, DeliveryFormat, Mask } from '../../schemas/contracts/terms.ts';
import type { Encoding, UploadFormat, UploadRefusal, ViolationCount } from '../../schemas/contracts/uploads.ts';

export type ComparisonKind = 'verify' | 'intersect' | 'except' | 'missing' | 'link';

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

/** The representation of a dataset version as a file on the local disk. */
export interface RepresentedFile {
  readonly path: string;
  /** The Parquet columns of each field: its text, and its ordered text where that is another. */
  readonly columns: readonly { readonly field: string; readonly text: string; readonly ordered?: string | undefined }[];
  /** Records. */
  readonly rows: number;
}

export interface ComparisonInput {
  readonly kind: ComparisonKind;
  readonly terms: ComparedTerms;
  /** Of the resource version that the dataset is of. */
  readonly schema: TableSchema;
  readonly resource: RepresentedFile;
  readonly list: {
    readonly path: string;
    readonly format: UploadFormat;
    readonly encoding: Encoding;
    /** Of a workbook: the sheet with the list; the first if left out. */
    readonly sheet?: string | undefined;
    /** What the list calls a field, by field; the field's own name where it says nothing. */
    readonly columns?: Readonly<Record<string, string>> | undefined;
  };
  readonly result: { readonly path: string; readonly format: DeliveryFormat };
  /** An empty folder of the run's own, for whatever does not stay in memory; the caller removes it. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  /** What is under way, and how many of its records are done where that is known. */
  readonly progress?: ((stage: ComparisonStage, records?: number) => void) | undefined;
}

export type ComparisonStage = 'reading' | 'comparing' | 'writing';

/** Rows of the list by what they came to; together they are the rows that were read. */
export interface ListCounts {
  readonly match: number;
  readonly mismatch: number;
  readonly absent: number;
  /** Without a key, or with a value that is not of its field's type. */
  readonly invalid: number;
  /** The key of a row before. */
  readonly repeated: number;
}

export interface ResultFile {
  /** Records. */
  readonly rows: number;
  readonly bytes: number;
  /** Base64. */
  readonly sha256: string;
  readonly columns: readonly string[];
}

/** Records of the list: `rejected` ones are no records (quotes, numbers of cells, bytes that are no text) and in no result. */
export interface ListRows {
  readonly read: number;
  readonly rejected: number;
}

/**
 * `compared`: the result stands at its path. `withheld`: fewer rows match than `minResult`, nothing was written, and how
 * many they are is not said. `refused`: the list or its result cannot be; `field` or `column` names what it is about.
 */
export type ComparisonOutcome =
  | {
      readonly verdict: 'compared';
      readonly rows: ListRows;
      /** What the rejected records break, without any value. */
      readonly rejections: readonly ViolationCount[];
      readonly counts: ListCounts;
      /** What `minResult` is held against: matched rows; of `missing` the records of the result. */
      readonly hits: number;
      readonly result: ResultFile;
    }
  | { readonly verdict: 'withheld'; readonly rows: ListRows; readonly rejections: readonly ViolationCount[] }
  | { readonly verdict: 'refused'; readonly refusal: ListRefusal };

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

/** The engine that compares a list with a resource. */
export interface Comparing {
  /**
   * The same input makes the same bytes, whatever happened to a run before it.
   * @throws `signal.reason` once the signal is aborted, and faults of disk and store.
   */
  run(input: ComparisonInput): Promise<ComparisonOutcome>;
}
