import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { DeliveryFormat } from '../../schemas/contracts/terms.ts';
import type { Encoding, UploadFormat, ViolationCount } from '../../schemas/contracts/uploads.ts';
import type { Refer } from '../records/index.ts';
import type { Statement, Tables } from './domain/statements.ts';
import type { ComparedTerms, ListCounts, ComparisonKind, ListRefusal, RepresentedColumn } from './domain/comparison.ts';

export type { ComparedTerms, ComparisonKind, ListCounts, ListRefusal } from './domain/comparison.ts';

/** The representation of a dataset version as a file on the local disk. */
export interface RepresentedFile {
  /** Within the run's folder. */
  readonly path: string;
  readonly columns: readonly RepresentedColumn[];
  /** Records. */
  readonly rows: number;
}

/** A representation that is more than the local disk holds: statements run where it lies. */
export interface RepresentedElsewhere extends Pick<RepresentedFile, 'columns' | 'rows'> {
  /**
   * Runs a statement there.
   * @param keys a Parquet file of the local disk, the table `list` of the statement
   * @returns Parquet files within the run's folder that have its rows, in any order
   */
  ask(statementOf: (tables: Tables) => Statement, keys: string): Promise<readonly string[]>;
}

export interface ComparisonInput {
  readonly kind: ComparisonKind;
  readonly terms: ComparedTerms;
  /** Of the resource version that the dataset is of. */
  readonly schema: TableSchema;
  readonly resource: RepresentedFile | RepresentedElsewhere;
  readonly list: {
    readonly path: string;
    readonly format: UploadFormat;
    readonly encoding: Encoding;
    /** Of a workbook: the sheet with the list; the first if left out. */
    readonly sheet?: string | undefined;
    /** What the list calls a field, by field; the field's own name where it says nothing. */
    readonly columns?: Readonly<Record<string, string>> | undefined;
  };
  /** Of a blind list, whose keys are digests by this secret: 32 bytes. */
  readonly secret?: Uint8Array | undefined;
  readonly result: { readonly path: string; readonly format: DeliveryFormat };
  /**
   * Of a result that is told as the difference to an earlier one: where that one left its rows, and where this one is to.
   * Without the earlier one all rows are told. `link` has no differences.
   */
  readonly since?: { readonly from?: string | undefined; readonly to: string } | undefined;
  /** How attachments are referred to, where they are granted. */
  readonly refer?: Refer | undefined;
  /** The run's own, for whatever does not stay in memory; the caller removes it. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  /** What is under way, and how many of its records are done where that is known. */
  readonly progress?: ((stage: ComparisonStage, records?: number) => void) | undefined;
}

export type ComparisonStage = 'reading' | 'comparing' | 'writing';

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
      /** None of `missing`, which judges no row of the list. */
      readonly counts?: ListCounts | undefined;
      /** What `minResult` is held against: matched rows; of `missing` the records of the result. */
      readonly hits: number;
      readonly result: ResultFile;
      /** Of a result with `since`, what of it is told; `isWhole`: all of it, since the earlier one has other columns, or is none. */
      readonly changes?: RowChanges | undefined;
    }
  | { readonly verdict: 'withheld'; readonly rows: ListRows; readonly rejections: readonly ViolationCount[] }
  | { readonly verdict: 'refused'; readonly refusal: ListRefusal };

/** Rows that the earlier result had not, had otherwise, or had alone. */
export interface RowChanges {
  readonly new: number;
  readonly changed: number;
  readonly gone: number;
  readonly isWhole: boolean;
}

/** The engine that compares a list with a resource. */
export interface Comparing {
  /**
   * The same input makes the same bytes, whatever happened to a run before it.
   * @throws `signal.reason` once the signal is aborted, and faults of disk and store.
   */
  run(input: ComparisonInput): Promise<ComparisonOutcome>;
}
