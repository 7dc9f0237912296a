import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, JobResult } from './job.ts';

/** How a system is started, and what it says at its end. */
export interface Program {
  readonly system: string;
  /** Whether it checks and writes; the others are a floor and give no outputs. */
  readonly checks: boolean;
  command(job: Job): readonly [string, ...string[]];
  result(stdout: string): JobResult;
}

const node = (system: string, url: URL, options: { readonly checks?: boolean; readonly threads?: number } = {}) => ({
  system,
  checks: options.checks ?? true,
  command: (job: Job) =>
    [process.execPath, fileURLToPath(url), JSON.stringify({ ...job, threads: options.threads ?? 1 })] as const,
  result: (stdout: string) => JSON.parse(stdout) as JobResult,
});

/** `times` of a POSIX shell: its second line is user and system time of its children, as `0m1.234s 0m0.100s`. */
const sha256sum: Program = {
  system: 'sha256sum',
  checks: false,
  command: ({ input }) => ['sh', '-c', 'sha256sum -- "$1" && times', 'sh', input],
  result: (stdout) => {
    const times = [...(stdout.trimEnd().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
    const cpuSeconds = times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
    return { accepted: 0, rejected: 0, cpuSeconds };
  },
};

const floor = (): Program =>
  spawnSync('sh', ['-c', 'command -v sha256sum']).status === 0
    ? sha256sum
    : node('node-sha256', new URL('../systems/node-sha256.ts', import.meta.url), { checks: false });

/** The hub's engine, the others that do the same work, and reading and hashing alone. */
export const programs = (): readonly Program[] => [
  node('hub', new URL('../systems/hub.ts', import.meta.url)),
  node('csv-parse+zod', new URL('../systems/csv-parse-zod.ts', import.meta.url)),
  node('duckdb-1', new URL('../systems/duckdb.ts', import.meta.url), { threads: 1 }),
  node('duckdb-2', new URL('../systems/duckdb.ts', import.meta.url), { threads: 2 }),
  floor(),
];
