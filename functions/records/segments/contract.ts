import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Encoding, RowCounts, UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { RuleCount } from '../check/violations.ts';
import type { ByteSink, Written } from '../csv/output.ts';
import type { SegmentFormat } from '../formats/natures.ts';

/** A segment is one of the pieces that a file was cut into between its records: one behind the other they are the file. */
export interface SegmentOptions {
  /** One that `definitionProblems` has nothing to say about. */
  readonly schema: TableSchema;
  readonly format: SegmentFormat;
  readonly encoding: Encoding;
  /** The first of a CSV file has its header row. */
  readonly isFirst: boolean;
  /** Every other ends with a line break, and outside quotes. */
  readonly isLast: boolean;
  /** Of a CSV file, as `readColumns` finds them in its first segment; that one itself does not need them. */
  readonly columns?: readonly string[] | undefined;
  /** What `KeyJudge` has found in this segment: with it the answer is final, without it `unique` is not judged. */
  readonly collisions?: AsyncIterable<Uint8Array> | undefined;
}

export interface SegmentSinks {
  /** This segment's part of the dataset: UTF-8 CSV, with the header row in the first alone. */
  readonly accepted: ByteSink;
  /** With lines counted from the segment's own beginning. */
  readonly report: ByteSink;
  readonly fixes?: ByteSink | undefined;
  /** The keys of its records, for `KeyJudge`; not written where collisions are given. */
  readonly keys?: ByteSink | undefined;
}

/** What is found in one segment, as far as it takes part in what is found in the file. */
export interface SegmentFindings {
  readonly rows: RowCounts;
  readonly counts: readonly RuleCount[];
  readonly violationsTotal: number;
  /** Rows in the report. */
  readonly reported: number;
  /** Records in the fix-file. */
  readonly fixable: number;
  /** Physical lines. */
  readonly lines: number;
  /** Blank ones of them at the end: rejected records if any record follows in another segment, and nothing otherwise. */
  readonly blankLines: number;
}

export interface CheckedSegment extends SegmentFindings {
  readonly verdict: 'checked';
  readonly columns: readonly string[];
  /** The segment as it came. */
  readonly input: Written;
  readonly dataset: Written;
  readonly keys: Written;
}

export type SegmentResult =
  | CheckedSegment
  | { readonly verdict: 'refused'; readonly refusal: UploadRefusal }
  /** It ends within a record, or may do so: what is a record there cannot be said of it alone. */
  | { readonly verdict: 'cut' };
