import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import { type DataFile, dataFile, requireRoom } from '../data/data-folder.ts';
import { SHAPES, type ShapeName } from '../data/shapes.ts';
import { type Figures, figuresOfRuns } from '../figures.ts';
import { type Job, outputOf } from './job.ts';
import { type Measured, measure } from './measure.ts';
import { type Program, programs } from './programs.ts';
import type { RowDigest } from './row-digest.ts';
import { differingLines, digestsOf, DisagreementError, firstDifference, verifyCounts } from './verify.ts';

export interface CheckCase {
  readonly name: string;
  readonly about: string;
  readonly rows: number;
  readonly shape: ShapeName;
  readonly extracts: number;
  readonly unique: boolean;
}

const million = 1_000_000;
const plain = { shape: 'plain', unique: false } as const;

const sizes: readonly CheckCase[] = [1, 5].flatMap((millions) =>
  [1, 4, 16].map((extracts) => ({
    ...plain,
    name: `check-${millions}M-n${extracts}`,
    about: `${millions} million rows, ${extracts === 1 ? 'the dataset alone' : `${extracts} outputs: the dataset and ${extracts - 1} extracts`}`,
    rows: millions * million,
    extracts,
  })),
);

const shapes: readonly CheckCase[] = (['all-quoted', 'five-percent-bad', 'gb18030'] as const).map((shape) => ({
  name: `check-1M-${shape}`,
  about: `1 million rows of the shape ${shape}, the dataset alone`,
  rows: million,
  shape,
  extracts: 1,
  unique: false,
}));

const unique: CheckCase = {
  name: 'check-5M-unique',
  about: '5 million rows, organisation codes unique, 500 repeated',
  rows: 5 * million,
  shape: 'duplicates',
  extracts: 1,
  unique: true,
};

const tables: readonly CheckCase[] = [
  {
    ...plain,
    name: 'check-3M-enforcement',
    about: '3 million enforcement cases: a plate, a time and a note with commas in every row',
    rows: 3 * million,
    shape: 'enforcement',
    extracts: 1,
  },
  {
    ...plain,
    name: 'check-250K-89-columns',
    about: '250,000 rows of 89 columns',
    rows: million / 4,
    shape: 'wide',
    extracts: 1,
  },
];

export const checkCases: readonly BenchCase[] = [...sizes, unique, ...shapes, ...tables].map((of) => ({
  name: of.name,
  about: of.about,
  onDemand: false,
  run: (context) => runCheck(of, context),
}));

/** Outputs of sixteen extracts are about so many times the file. */
const OUTPUTS_TO_INPUT = 8;
/** A system that takes longer runs once. */
const SLOW_SECONDS = 60;

export async function runCheck(of: CheckCase, context: BenchContext): Promise<Figures[]> {
  const rows = rowsOf(of.rows, context);
  context.progress(`${of.name}: data`);
  const data = await dataFile(context.folder, { shape: SHAPES[of.shape], rows, seed: context.seed });
  await requireRoom(context.folder, data.bytes * Math.min(of.extracts, OUTPUTS_TO_INPUT) * 2);
  const arena = new Arena(of, data, context.folder);
  // What an interrupted run left.
  await arena.clear();
  const systems = programs(context.folder);
  try {
    for (let run = 1; run <= context.runs; run += 1)
      for (const program of systems) {
        if (arena.isSlow(program)) continue;
        context.progress(`${of.name}: run ${run} of ${context.runs}, ${program.system}`);
        await arena.run(program);
      }
    return systems.map((program) => arena.figures(program));
  } finally {
    await arena.clear();
  }
}

/** One file, the systems that take turns at it, and what they took. */
class Arena {
  readonly #of: CheckCase;
  readonly #data: DataFile;
  readonly #out: string;
  readonly #runs = new Map<string, Measured[]>();
  #ours: { readonly program: Program; readonly digests: RowDigest[] } | undefined;

  constructor(of: CheckCase, data: DataFile, folder: string) {
    this.#of = of;
    this.#data = data;
    this.#out = join(folder, 'out');
  }

  isSlow({ system }: Program): boolean {
    return (this.#runs.get(system) ?? []).some(({ wallSeconds }) => wallSeconds > SLOW_SECONDS);
  }

  /** Outputs are removed as soon as they are verified, so that no system writes beside another's dirty pages. */
  async run(program: Program): Promise<void> {
    const job = await this.#job(program);
    const measured = await measure(program, job);
    const runs = this.#runs.get(program.system) ?? [];
    this.#runs.set(program.system, [...runs, measured]);
    if (program.checks) {
      verifyCounts(program.system, measured, this.#data, this.#of.unique);
      if (runs.length === 0) await this.#verifyOutputs(program, job);
    }
    await rm(job.out, { recursive: true });
  }

  figures({ system }: Program): Figures {
    const { rows, bytes } = this.#data;
    return figuresOfRuns({ case: this.#of.name, system, rows, bytes }, this.#runs.get(system) ?? []);
  }

  clear(): Promise<void> {
    return rm(this.#out, { recursive: true, force: true });
  }

  async #job({ system }: Program): Promise<Job> {
    const out = join(this.#out, system);
    await mkdir(out, { recursive: true });
    const { file: input, encoding } = this.#data;
    const { shape, unique, extracts } = this.#of;
    return { table: SHAPES[shape].table, input, encoding, unique, extracts, out, threads: 1, digests: false };
  }

  /** The first system that checks, the hub, is what the others are compared with. */
  async #verifyOutputs(program: Program, job: Job): Promise<void> {
    const digests = await digestsOf(job.out, job.extracts);
    this.#ours ??= { program, digests };
    const index = firstDifference(this.#ours.digests, digests);
    if (index < 0) return;
    const again = await this.#job(this.#ours.program);
    await measure(this.#ours.program, again);
    throw new DisagreementError(
      `${this.#of.name}: ${program.system} and ${this.#ours.program.system} differ in extract ${index}:\n` +
        (await differingLines(outputOf(again.out, index), outputOf(job.out, index))),
    );
  }
}
