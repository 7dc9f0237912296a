import type { Judged } from '../../../../functions/records/index.ts';
import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { ViolationCount } from '../../../../schemas/contracts/uploads.ts';
import type { Words } from '../../../../schemas/words/language.ts';
import type { RejectedRecord } from './report-head.ts';

/** One thing to do, and the command that does it. */
export interface Act {
  readonly says: string;
  readonly command?: string;
}

/** All that a person sees of a verdict, whether the hub gave it or a check on this machine. */
export interface VerdictView {
  readonly judged: Judged;
  readonly schema: TableSchema;
  /** Whether a column is found by its place. */
  readonly hasColumns: boolean;
  /** The first rejected records. */
  readonly records: readonly RejectedRecord[];
  /** Where the report and the fix-file have been saved. */
  readonly report?: string | undefined;
  readonly fixFile?: string | undefined;
  /** What `hub clean` says of the file, which it would mend. */
  readonly cleaning?: readonly Words[];
  readonly acts: readonly Act[];
}

/** Rows that a rejection report holds at most (schemas/PROTOCOL.md). */
const MAX_REPORTED = 100_000;

/** Records that a fix-file holds at most. */
export const MAX_FIXABLE = 100_000;

export interface Totals {
  readonly faults: number;
  /** Those of them that reject nothing. */
  readonly warnings: number;
  readonly reported: number;
}

export function totalsOf({ violations = [] }: Pick<Judged, 'violations'>): Totals {
  const sum = (counts: readonly ViolationCount[]): number => counts.reduce((total, { count }) => total + count, 0);
  const faults = sum(violations);
  const warnings = sum(violations.filter(({ severity }) => severity === 'warning'));
  return { faults, warnings, reported: Math.min(faults, MAX_REPORTED) };
}
