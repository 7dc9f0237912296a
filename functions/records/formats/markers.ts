import { REJECTED, SKIPPED } from '../check/markers.ts';
import { LF } from '../csv/scanner.ts';
import type { Gather } from './gather.ts';

/** A rule of a record that a converter can see broken. */
export type RecordRule = 'json' | 'columns' | 'type' | 'size' | 'encoding';

export function markRejected(output: Gather, rule: RecordRule): void {
  output.byte(REJECTED);
  output.text(rule);
  output.byte(LF);
}

/** So many lines of the source hold no record. */
export function markSkipped(output: Gather, lines: number): void {
  output.byte(SKIPPED);
  output.text(String(lines));
  output.byte(LF);
}
