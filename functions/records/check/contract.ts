import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type {
  Encoding,
  RowCounts,
  UploadFormat,
  UploadRefusal,
  ViolationCount,
} from '../../../schemas/contracts/uploads.ts';
import type { Digester, Sha256 } from '../csv/digest.ts';
import type { ByteSink, Written } from '../csv/output.ts';
import type { ExtractRequest } from '../extract/extract-writer.ts';
import type { ExtractResult } from '../extract/slot.ts';
import type { Base } from './base.ts';

export interface CheckOptions {
  /** One that `definitionProblems` has nothing to say about. */
  readonly schema: TableSchema;
  readonly format: UploadFormat;
  readonly encoding: Encoding;
  /** Of a workbook: the sheet with the records; the first if left out. */
  readonly sheet?: string | undefined;
  /** The file's records are edits, with a column `_op`; they are merged into the base, which may be read twice. */
  readonly changes?: boolean | undefined;
  /** The file is a mended fix-file: its column `errors` (see `errorsColumn`) is left out. */
  readonly fixes?: boolean | undefined;
  /** The dataset that the file's records join or edit. Records that join may have no column that it has not. */
  readonly base?: Base | undefined;
}

export interface CheckSinks<Digest extends object = Sha256> {
  /** The accepted records: UTF-8 CSV with a header row. */
  readonly accepted: ByteSink;
  /** The rejection report: UTF-8 CSV. */
  readonly report: ByteSink;
  /** The fix-file: rejected records as they came, and what is wrong with each. Worth keeping if `fixable` is not 0. */
  readonly fixes?: ByteSink | undefined;
  /** Written in the same pass: the bytes that `writeExtracts` makes of the accepted records. */
  readonly extracts?: readonly ExtractRequest[] | undefined;
  /** Proves what each sink got: by SHA-256 if left out, and by nothing with `noDigest`. The input is always digested. */
  readonly digester?: (() => Digester<Digest>) | undefined;
}

export interface Checked<Digest extends object = Sha256> {
  readonly verdict: 'checked';
  readonly rows: RowCounts;
  /** Complete, by field and rule, by first line. */
  readonly violations: ViolationCount[];
  readonly violationsTotal: number;
  /** Rows in the report. */
  readonly reported: number;
  /** Records in the fix-file. */
  readonly fixable: number;
  /** Records of the base; `rows` do not count them. */
  readonly baseRows: number;
  /** Records of the dataset that was written. */
  readonly datasetRows: number;
  /** Of the dataset: those of the base in its order, then those of the file. */
  readonly columns: string[];
  /** The file as it came. */
  readonly input: Written;
  /** What went to the accepted sink. */
  readonly dataset: Written<Digest>;
  /** In the order asked for; one that cannot be written ends alone. */
  readonly extracts: ExtractResult<Digest>[];
}

export interface Refused {
  readonly verdict: 'refused';
  readonly refusal: UploadRefusal;
}

export type CheckResult<Digest extends object = Sha256> = Checked<Digest> | Refused;
