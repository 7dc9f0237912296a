import { BROKEN_CELLS, type BrokenCell, REJECTED, SKIPPED } from '../csv/markers.ts';
import { LF } from '../csv/scanner.ts';
import type { Gather } from './gather.ts';

/** A rule of a record that a converter can see broken. */
export type RecordRule = 'json' | 'columns' | 'size' | 'encoding';

export function markRejected(output: Gather, rule: RecordRule): void {
  output.byte(REJECTED);
  output.text(rule);
  output.byte(LF);
}

/** A report shows 200 characters of a value. */
const MOST_SHOWN = 500;

export function markBrokenCells(output: Gather, cells: readonly BrokenCell[]): void {
  output.byte(BROKEN_CELLS);
  output.text(JSON.stringify(cells.map((cell) => ({ ...cell, text: cell.text.slice(0, MOST_SHOWN).toWellFormed() }))));
  output.byte(LF);
}

/** So many lines of the source hold no record. */
export function markSkipped(output: Gather, lines: number): void {
  output.byte(SKIPPED);
  output.text(String(lines));
  output.byte(LF);
}
