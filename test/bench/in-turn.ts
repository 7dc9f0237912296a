import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchContext } from './cases.ts';
import type { JobResult } from './check/job.ts';
import { type Measured, measure } from './check/measure.ts';
import { eachRow, rowDigest } from './check/row-digest.ts';
import { DisagreementError } from './check/verify.ts';
import { type Figures, figuresOfRuns } from './figures.ts';
import type { Task } from './task.ts';

/** A program of `systems/` that writes one CSV file. */
export interface System {
  readonly system: string;
  readonly file: string;
  /** Of its process. */
  readonly options?: readonly string[];
  /** Where it is told that no order is wanted. */
  readonly inAnyOrder?: true;
}

/** A case: the first system is the one whose output the others must have. */
export interface Turns<Files> {
  readonly name: string;
  readonly systems: readonly System[];
  readonly files: Files;
  readonly rows: number;
  readonly bytes: number;
}

/** A system that takes longer runs once. */
const SLOW_SECONDS = 60;

/**
 * Runs systems in turn on the same files. After its first run the rows of each are held against those of the first system,
 * in their order where that was asked for.
 * @throws DisagreementError
 */
export async function inTurn<Files>(turns: Turns<Files>, context: BenchContext): Promise<Figures[]> {
  const { name, systems, files, rows, bytes } = turns;
  const runs = new Map<System, Measured[]>(systems.map((system) => [system, []]));
  const out = join(context.folder, 'out-in-turn');
  const output = join(out, 'result.csv');
  let ours: Found | undefined;
  for (let run = 1; run <= context.runs; run += 1)
    for (const [system, measured] of runs) {
      if (measured.some(({ wallSeconds }) => wallSeconds > SLOW_SECONDS)) continue;
      context.progress(`${name}: run ${run} of ${context.runs}, ${system.system}`);
      await rm(out, { recursive: true, force: true });
      await mkdir(join(out, 'spill'), { recursive: true });
      const task: Task = { output, folder: join(out, 'spill'), inOrder: !system.inAnyOrder };
      measured.push(await measure(programOf(system), { ...files, ...task }));
      if (run > 1) continue;
      const found = await foundIn(output);
      ours ??= found;
      if (found.rows !== ours.rows || (task.inOrder && found.order !== ours.order))
        throw new DisagreementError(`${name}: the rows of ${system.system} are not those of the hub`);
    }
  await rm(out, { recursive: true, force: true });
  return [...runs].map(([{ system }, measured]) => figuresOfRuns({ case: name, system, rows, bytes }, measured));
}

const programOf = ({ system, file, options = [] }: System) => ({
  system,
  command: (job: object): readonly [string, ...string[]] => [
    process.execPath,
    ...options,
    fileURLToPath(new URL(`./systems/${file}.ts`, import.meta.url)),
    JSON.stringify(job),
  ],
  result: (stdout: string) => JSON.parse(stdout) as JobResult,
});

interface Found {
  readonly order: string;
  readonly rows: string;
}

async function foundIn(file: string): Promise<Found> {
  return { order: await orderOf(file), rows: JSON.stringify(await rowDigest(file)) };
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
