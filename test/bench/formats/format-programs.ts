import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobResult } from '../check/job.ts';
import { bundle } from '../check/programs.ts';
import type { FormatJob } from './format-job.ts';

export interface FormatProgram {
  readonly system: string;
  command(job: FormatJob): readonly [string, ...string[]];
  result(stdout: string): JobResult;
}

const system = (name: string): URL => new URL(`../systems/${name}.ts`, import.meta.url);

const node = (name: string, file: string, threads = 1): FormatProgram => ({
  system: name,
  command: (job) => [process.execPath, file, JSON.stringify({ ...job, threads })],
  result: (stdout) => JSON.parse(stdout) as JobResult,
});

/** The engine with the file of its thread beside it, as it is deployed. */
export function hubProgram(folder: string): FormatProgram {
  bundle(
    new URL('../../../functions/records/formats/parquet/parquet-worker.ts', import.meta.url),
    join(folder, 'parquet-worker.mjs'),
  );
  return node('hub', bundle(system('formats-hub'), join(folder, 'system-formats-hub.mjs')));
}

export const jsProgram = (folder: string, name: string): FormatProgram =>
  node(name, bundle(system('formats-js'), join(folder, 'system-formats-js.mjs')));

/** Its native module is found from where its code lies. */
export const duckdbProgram = (threads: number): FormatProgram =>
  node(`duckdb-${threads}`, fileURLToPath(system('formats-duckdb')), threads);
