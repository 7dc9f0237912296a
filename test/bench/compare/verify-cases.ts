import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import type { JobResult } from '../check/job.ts';
import { type Measured, measure } from '../check/measure.ts';
import { eachRow, rowDigest } from '../check/row-digest.ts';
import { DisagreementError } from '../check/verify.ts';
import { requireRoom } from '../data/data-folder.ts';
import { type Figures, median, medianOf } from '../figures.ts';
import { verifyFiles } from './verify-files.ts';
import type { VerifyJob } from './verify-job.ts';

interface VerifyCase {
  readonly name: string;
  readonly about: string;
  readonly people: number;
  readonly applicants: number;
  readonly onDemand: boolean;
}

const million = 1_000_000;

export const VERIFY_CASES: readonly VerifyCase[] = [
  { name: 'verify-1M', about: '1 million rows', people: million, applicants: million, onDemand: false },
  { name: 'verify-1M-of-10M', about: '1 million rows', people: 10 * million, applicants: million, onDemand: true },
  { name: 'verify-10M', about: '10 million rows', people: 10 * million, applicants: 10 * million, onDemand: true },
].map(({ about, ...of }) => ({
  ...of,
  about: `${about} against ${of.people / million} million, by key and three columns: every row with what it came to`,
}));

export const verifyCases: readonly BenchCase[] = VERIFY_CASES.map((of) => ({
  name: of.name,
  about: of.about,
  onDemand: of.onDemand,
  run: (context) => runVerify(of, context),
}));

interface VerifyProgram {
  readonly system: string;
  readonly inOrder: boolean;
  command(job: VerifyJob): readonly [string, ...string[]];
  result(stdout: string): JobResult;
}

const program = (system: string, file: string, inOrder = true, options: readonly string[] = []): VerifyProgram => ({
  system,
  inOrder,
  command: (job) => [
    process.execPath,
    ...options,
    fileURLToPath(new URL(`../systems/${file}.ts`, import.meta.url)),
    JSON.stringify(job),
  ],
  result: (stdout) => JSON.parse(stdout) as JobResult,
});

const SYSTEMS: readonly VerifyProgram[] = [
  program('hub', 'verify-hub'),
  program('duckdb', 'verify-duckdb'),
  program('duckdb, in any order', 'verify-duckdb', false),
  program('sqlite', 'verify-sqlite', true, ['--no-warnings']),
  program('Map', 'verify-map', true, ['--max-old-space-size=16000']),
];

/** List, register, output and what is spilled. */
const BYTES_A_ROW = 1000;
/** A system that takes longer runs once. */
const SLOW_SECONDS = 60;

export async function runVerify(of: VerifyCase, context: BenchContext): Promise<Figures[]> {
  const [people, applicants] = [rowsOf(of.people, context), rowsOf(of.applicants, context)];
  const { folder, seed } = context;
  await mkdir(folder, { recursive: true });
  await requireRoom(folder, people * BYTES_A_ROW);
  context.progress(`${of.name}: data`);
  const { list, resource, bytes } = await verifyFiles(folder, people, applicants, seed);
  const runs = new Map<VerifyProgram, Measured[]>(SYSTEMS.map((system) => [system, []]));
  const out = join(folder, 'out-verify');
  let ours: { readonly order: string; readonly rows: string } | undefined;
  for (let run = 1; run <= context.runs; run += 1)
    for (const [system, measured] of runs) {
      if (measured.some(({ wallSeconds }) => wallSeconds > SLOW_SECONDS)) continue;
      context.progress(`${of.name}: run ${run} of ${context.runs}, ${system.system}`);
      await rm(out, { recursive: true, force: true });
      await mkdir(join(out, 'spill'), { recursive: true });
      const output = join(out, 'result.csv');
      const { inOrder } = system;
      measured.push(await measure(system, { list, resource, output, inOrder, folder: join(out, 'spill') }));
      if (run > 1) continue;
      const found = { order: await orderOf(output), rows: JSON.stringify(await rowDigest(output)) };
      ours ??= found;
      if (found.rows !== ours.rows || (inOrder && found.order !== ours.order))
        throw new DisagreementError(`${of.name}: the rows of ${system.system} are not those of the hub`);
    }
  await rm(out, { recursive: true, force: true });
  return [...runs].map(([{ system }, measured]) => {
    const wallSeconds = median(measured.map((each) => each.wallSeconds));
    return {
      case: of.name,
      system,
      rows: applicants,
      bytes,
      runs: measured.length,
      wallSeconds,
      cpuSeconds: medianOf(measured, (each) => each.cpuSeconds),
      rowsPerSecond: Math.round(applicants / wallSeconds),
      peakRssMiB: medianOf(measured, (each) => each.peakRssMiB),
    };
  });
}

/** One number for all rows in their order. */
async function orderOf(file: string): Promise<string> {
  let [first, second] = [0, 0];
  await eachRow(file, (one, two) => {
    first = (Math.imul(first, 31) + one) | 0;
    second = (Math.imul(second, 37) + two) | 0;
  });
  return `${first}-${second}`;
}
