import { join } from 'node:path';
import type { Encoding } from '../../../schemas/contracts/uploads.ts';
import type { TableName } from '../tables/table.ts';

/** What a system is to do, as its program gets it: the one argument, in JSON. */
export interface Job {
  readonly table: TableName;
  readonly input: string;
  readonly encoding: Encoding;
  /** Whether organisation codes are unique. */
  readonly unique: boolean;
  /** Outputs, see `extractsOf`. */
  readonly extracts: number;
  /** Folder for the outputs and the report. */
  readonly out: string;
  /** Of systems that can use several. */
  readonly threads: number;
  /** Whether every output is hashed too: of the hub, which can do without. */
  readonly digests: boolean;
}

/** What a system's program says at its end: one line of JSON. `sha256sum` counts nothing. */
export interface JobResult {
  readonly accepted: number;
  readonly rejected: number;
  readonly cpuSeconds: number;
  /** Of the whole process; absent if nobody measured it. */
  readonly peakRssMiB?: number | undefined;
}

export const outputOf = (out: string, index: number): string => join(out, `extract-${index}.csv`);
export const reportOf = (out: string): string => join(out, 'report.csv');

export const jobOfProgram = (): Job => JSON.parse(process.argv[2] ?? '') as Job;

/** Ends a system's program: says what it found and used. */
export function sayResult({ accepted, rejected }: { accepted: number; rejected: number }): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const result: JobResult = {
    accepted,
    rejected,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakRssMiB: maxRSS / 1024,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
