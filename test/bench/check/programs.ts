import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Job, JobResult } from './job.ts';

/** How a system is started, and what it says at its end. */
export interface Program {
  readonly system: string;
  /** Whether it checks and writes; the others are a floor and give no outputs. */
  readonly checks: boolean;
  command(job: Job): readonly [string, ...string[]];
  result(stdout: string): JobResult;
}

/**
 * As a function's code is deployed: one file, nothing to transpile or resolve at the start. The JavaScript rival's too.
 */
export const bundled = (folder: string, name: string): string =>
  bundle(new URL(`../systems/${name}.ts`, import.meta.url), join(folder, `system-${name}.mjs`));

export function bundle(source: URL, outfile: string): string {
  buildSync({
    entryPoints: [fileURLToPath(source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Some packages are CommonJS and require Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return outfile;
}

interface NodeOptions {
  readonly checks?: boolean;
  readonly threads?: number;
  readonly digests?: boolean;
}

const node = (
  system: string,
  file: string,
  { checks = true, threads = 1, digests = false }: NodeOptions = {},
): Program => ({
  system,
  checks,
  command: (job) => [process.execPath, file, JSON.stringify({ ...job, threads, digests })],
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

const floor = (folder: string): Program =>
  spawnSync('sh', ['-c', 'command -v sha256sum']).status === 0
    ? sha256sum
    : node('node-sha256', bundled(folder, 'node-sha256'), { checks: false });

/** The hub's engine without and with digests of its outputs, the others that do the same work, and reading and hashing alone. @param folder for their code */
export function programs(folder: string): readonly Program[] {
  const duckdb = fileURLToPath(new URL('../systems/duckdb.ts', import.meta.url));
  const hub = bundled(folder, 'hub');
  return [
    node('hub', hub),
    node('hub+digests', hub, { digests: true }),
    node('csv-parse+zod', bundled(folder, 'csv-parse-zod')),
    // Its native module is found from where its code lies.
    node('duckdb-1', duckdb, { threads: 1 }),
    node('duckdb-2', duckdb, { threads: 2 }),
    floor(folder),
  ];
}
