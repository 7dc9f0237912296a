import type { StatementLimits } from '../../reading/derivation/run-statement.ts';

/** What a run may take beside memory and disk, which are the function's. */
export const LIMITS: Omit<StatementLimits, 'memoryMb' | 'spillMb'> = {
  threads: 2,
  /** Of the statement alone; extracts before it and the check behind it take about as long again. */
  seconds: 300,
  rows: 20_000_000,
  bytes: 2 * 1024 ** 3,
};
