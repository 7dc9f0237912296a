/** What a system does: a check of a file of some format, edits applied to a dataset, or a dataset written in some format. */
export type Task = 'ndjson-in' | 'xlsx-in' | 'parquet-in' | 'changes-in' | 'xlsx-out' | 'parquet-out';

/** What a system's program gets: the one argument, in JSON. */
export interface FormatJob {
  readonly task: Task;
  readonly input: string;
  /** The dataset that the edits are of. */
  readonly base: string;
  /** The file to write: CSV of what was accepted, or the dataset in its other format. */
  readonly output: string;
  readonly report: string;
  readonly threads: number;
}

export const formatJobOfProgram = (): FormatJob => JSON.parse(process.argv[2] ?? '') as FormatJob;
