import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { RowCounts, UploadRefusal, ViolationCount } from '../../../schemas/contracts/uploads.ts';
import { shapeOf } from '../check/shape.ts';
import { MAX_REPORTED, type RuleCount, Violations } from '../check/violations.ts';
import { type ByteSink, Output } from '../csv/output.ts';
import { FixFile, MAX_RECORDS } from '../fixes/fix-file.ts';
import { type SegmentFormat, UPLOADS } from '../formats/natures.ts';
import { hasWarnings } from '../types/column.ts';
import { appendRecords } from './append-records.ts';
import { appendReport, reportColumns } from './append-report.ts';
import type { SegmentFindings } from './contract.ts';

/** One segment, in the order of the file. */
export interface SegmentToMerge extends SegmentFindings {
  /** Asked for if `reported` is not 0. */
  report(): Promise<AsyncIterable<Uint8Array>>;
  /** Asked for if `fixable` is not 0. */
  fixes(): Promise<AsyncIterable<Uint8Array>>;
}

export interface MergeOptions {
  readonly schema: TableSchema;
  readonly format: SegmentFormat;
  /** Of the file. */
  readonly columns: readonly string[];
}

export interface MergeSinks {
  readonly report: ByteSink;
  readonly fixes: ByteSink;
}

/** As `Checked` of the whole file. */
export interface Merged {
  readonly verdict: 'checked';
  readonly rows: RowCounts;
  readonly violations: ViolationCount[];
  readonly violationsTotal: number;
  readonly reported: number;
  readonly fixable: number;
}

export type MergeResult = Merged | { readonly verdict: 'refused'; readonly refusal: UploadRefusal };

/** What was found in the segments of a file, as a check of the whole file would have found it. */
export async function mergeSegments(
  segments: Iterable<SegmentToMerge> | AsyncIterable<SegmentToMerge>,
  options: MergeOptions,
  sinks: MergeSinks,
): Promise<MergeResult> {
  const merging = new Merging(options, sinks);
  for await (const segment of segments) await merging.add(segment);
  return merging.finish();
}

class Merging {
  private readonly format: MergeOptions['format'];
  private readonly violations: Violations;
  private readonly reportColumns: readonly string[];
  private readonly fixFile: FixFile;
  private lines = 0;
  private read = 0;
  private accepted = 0;
  private reported = 0;
  /** Lines at the end of what was added, of which it is not known yet whether a record follows. */
  private blankLines = 0;

  constructor({ schema, format, columns }: MergeOptions, { report, fixes }: MergeSinks) {
    const warns = hasWarnings(schema);
    this.format = format;
    this.violations = new Violations(new Output(report), warns);
    this.reportColumns = reportColumns(warns);
    this.fixFile = new FixFile({ output: new Output(fixes), schema, shape: shapeOf(columns, { schema }) });
  }

  async add(segment: SegmentToMerge): Promise<void> {
    if (segment.rows.read > 0) await this.rejectBlankLines();
    const { violations, fixFile } = this;
    const room = MAX_REPORTED - this.reported;
    const rows = Math.min(room, segment.reported);
    if (rows > 0)
      await appendReport(
        await segment.report(),
        this.reportColumns,
        { rows, linesBefore: this.lines },
        violations.output,
      );
    this.reported += rows;
    violations.absorb(segment.counts, this.lines);
    const records = Math.min(MAX_RECORDS - fixFile.records, segment.fixable);
    if (records > 0) await appendRecords(await segment.fixes(), records, fixFile.output);
    fixFile.records += records;
    this.read += segment.rows.read;
    this.accepted += segment.rows.accepted;
    this.lines += segment.lines;
    this.blankLines = segment.rows.read > 0 ? segment.blankLines : this.blankLines + segment.blankLines;
  }

  async finish(): Promise<MergeResult> {
    const { violations, read, accepted, fixFile } = this;
    if (read === 0) return { verdict: 'refused', refusal: NO_RECORD };
    await violations.output.finish();
    await fixFile.output.finish();
    return {
      verdict: 'checked',
      rows: { read, accepted, rejected: read - accepted },
      violations: violations.summary(),
      violationsTotal: violations.total,
      reported: this.reported,
      fixable: fixFile.records,
    };
  }

  /** A record follows: so each was a record of its own, and a wrong one. */
  private async rejectBlankLines(): Promise<void> {
    const { blankLines: count, violations } = this;
    if (count === 0) return;
    const first = this.lines - count + 1;
    const rule = UPLOADS[this.format].segments.blankLine;
    const rows = Math.min(MAX_REPORTED - this.reported, count);
    for (let line = first; line < first + rows; line += 1) {
      violations.row(line, { rule, column: 0, field: '', value: '' });
      if (violations.output.full) await violations.output.flush();
    }
    this.reported += rows;
    violations.absorb([blankCount(rule, first, count)], 0);
    this.read += count;
    this.blankLines = 0;
  }
}

const blankCount = (rule: string, first: number, count: number): RuleCount => ({
  field: '',
  rule,
  warns: false,
  count,
  lines: Array.from({ length: Math.min(count, MOST_LINES) }, (_, i) => first + i),
  kinds: rule === 'columns' ? [['blank-line', count]] : [],
});

/** More than a count names. */
const MOST_LINES = 5;

const NO_RECORD: UploadRefusal = { code: 'empty', detail: 'no record follows the header; send at least one' };
