import type { RowCounts, UploadState } from '../../../../schemas/contracts/uploads.ts';
import { exit, type ExitCode } from '../../terminal/failure.ts';

interface Verdict {
  readonly state: UploadState;
  readonly rows?: RowCounts | undefined;
}

/** What a verdict leaves with. `strict`: a rejected record is as bad as a refused file. */
export function exitOf({ state, rows }: Verdict, strict = false): ExitCode {
  if (state === 'refused') return exit.verdict;
  if (state === 'held') return exit.held;
  return strict && (rows?.rejected ?? 0) > 0 ? exit.verdict : exit.ok;
}
