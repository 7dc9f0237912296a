import type { DataFile } from '../data/data-folder.ts';
import { type JobResult, outputOf } from './job.ts';
import { eachRow, type RowDigest, rowDigest } from './row-digest.ts';

/** Systems that do the same work gave different results: no figure of theirs can be compared. */
export class DisagreementError extends Error {
  override readonly name = 'DisagreementError';
}

export const digestsOf = (out: string, extracts: number): Promise<RowDigest[]> =>
  Promise.all(Array.from({ length: extracts }, (_, index) => rowDigest(outputOf(out, index))));

/** @throws DisagreementError unless the counts are what the generator says. */
export function verifyCounts(system: string, found: JobResult, data: DataFile, unique: boolean): void {
  const rejected = data.bad + (unique ? data.repeated : 0);
  const accepted = data.good + (unique ? 0 : data.repeated);
  if (found.rejected === rejected && found.accepted === accepted) return;
  throw new DisagreementError(
    `${system} accepted ${found.accepted} and rejected ${found.rejected} rows; the generator made ${accepted} good and ${rejected} bad ones`,
  );
}

/** The first extract in which two systems differ, if any. */
export const firstDifference = (ours: readonly RowDigest[], theirs: readonly RowDigest[]): number =>
  ours.findIndex(({ rows, sums }, index) => rows !== theirs[index]?.rows || sums !== theirs[index]?.sums);

const SAMPLE = 5;

/** Lines of one output whose rows are not in the other, in words. The data are synthetic: line numbers tell enough. */
export async function differingLines(one: string, other: string): Promise<string> {
  const [here, there] = await Promise.all([linesByRow(one), linesByRow(other)]);
  const only = (of: Map<number, number>, not: Map<number, number>) => [...of].filter(([row]) => !not.has(row));
  const told = (file: string, lines: readonly (readonly [number, number])[]) =>
    `${lines.length} rows only in ${file}, such as on line ${lines
      .slice(0, SAMPLE)
      .map(([, line]) => line)
      .join(', ')}`;
  return [told(one, only(here, there)), told(other, only(there, here))].join('\n');
}

async function linesByRow(file: string): Promise<Map<number, number>> {
  const lines = new Map<number, number>();
  let line = 0;
  // 53 bits of the two hashes: a number holds no more.
  await eachRow(file, (one, two) => lines.set(one * 2 ** 21 + (two >>> 11), (line += 1)));
  return lines;
}
