import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import { type Measured, measure } from '../check/measure.ts';
import { rowDigest } from '../check/row-digest.ts';
import { DisagreementError } from '../check/verify.ts';
import { requireRoom } from '../data/data-folder.ts';
import { type Figures, figuresOfRuns } from '../figures.ts';
import {
  badIn,
  datasetFile,
  editsFile,
  editsIn,
  type FilesRequest,
  ndjsonFile,
  parquetFile,
  xlsxFile,
} from './format-files.ts';
import type { FormatJob, Task } from './format-job.ts';
import { duckdbProgram, type FormatProgram, hubProgram, jsProgram } from './format-programs.ts';
import { csvOfOutput } from './output-as-csv.ts';

interface FormatCase {
  readonly name: string;
  readonly about: string;
  readonly task: Task;
  readonly rows: number;
  input(request: FilesRequest): Promise<string>;
  /** The systems, the hub first. @param folder for their code */
  systems(folder: string): readonly FormatProgram[];
}

const million = 1_000_000;
const duckdb = (): readonly FormatProgram[] => [duckdbProgram(1), duckdbProgram(2)];

export const FORMAT_CASES: readonly FormatCase[] = [
  {
    name: 'ndjson-in-1M',
    about: '1 million rows of NDJSON, checked into the dataset',
    task: 'ndjson-in',
    rows: million,
    input: ndjsonFile,
    systems: (folder) => [hubProgram(folder), jsProgram(folder, 'JSON.parse+zod'), ...duckdb()],
  },
  {
    name: 'parquet-in-1M',
    about: '1 million rows of Parquet, checked into the dataset',
    task: 'parquet-in',
    rows: million,
    input: parquetFile,
    systems: (folder) => [hubProgram(folder), ...duckdb()],
  },
  {
    name: 'xlsx-in-200K',
    about: 'a workbook of 200,000 rows, checked into the dataset',
    task: 'xlsx-in',
    rows: million / 5,
    input: xlsxFile,
    systems: (folder) => [hubProgram(folder), jsProgram(folder, 'hucre+zod')],
  },
  {
    name: 'changes-in-1M',
    about: '10,000 edits of a dataset of 1 million rows with a key: checked, and the next dataset written',
    task: 'changes-in',
    rows: million,
    input: editsFile,
    systems: (folder) => [hubProgram(folder), jsProgram(folder, 'csv-parse+Map'), ...duckdb()],
  },
  {
    name: 'parquet-out-1M',
    about: 'a dataset of 1 million rows, written as Parquet',
    task: 'parquet-out',
    rows: million,
    input: datasetFile,
    systems: (folder) => [hubProgram(folder), ...duckdb()],
  },
  {
    name: 'xlsx-out-200K',
    about: 'a dataset of 200,000 rows, written as a workbook',
    task: 'xlsx-out',
    rows: million / 5,
    input: datasetFile,
    systems: (folder) => [hubProgram(folder), jsProgram(folder, 'csv-parse+hucre')],
  },
];

export const formatCases: readonly BenchCase[] = FORMAT_CASES.map((of) => ({
  name: of.name,
  about: of.about,
  onDemand: false,
  run: (context) => runFormat(of, context),
}));

/** Input, dataset and outputs of a row. */
const BYTES_A_ROW = 1500;

export async function runFormat(of: FormatCase, context: BenchContext): Promise<Figures[]> {
  const rows = rowsOf(of.rows, context);
  const { folder, seed } = context;
  await mkdir(folder, { recursive: true });
  await requireRoom(folder, rows * BYTES_A_ROW);
  context.progress(`${of.name}: data`);
  const request = { folder, rows, seed };
  const [input, base] = [await of.input(request), of.task === 'changes-in' ? await datasetFile(request) : ''];
  const runs = new Map<FormatProgram, Measured[]>(of.systems(folder).map((program) => [program, []]));
  const out = join(folder, 'out-formats');
  let ours: string | undefined;
  for (let run = 1; run <= context.runs; run += 1)
    for (const [program, measured] of runs) {
      context.progress(`${of.name}: run ${run} of ${context.runs}, ${program.system}`);
      await rm(out, { recursive: true, force: true });
      await mkdir(out);
      const output = join(out, of.task.endsWith('-in') ? 'accepted.csv' : `extract.${of.task.slice(0, -4)}`);
      const job: FormatJob = { task: of.task, input, base, output, report: join(out, 'report.csv'), threads: 1 };
      const found = await measure(program, job);
      verifyCounts(of, program, found, rows);
      if (run === 1) {
        const digest = JSON.stringify(await rowDigest(await csvOfOutput(job)));
        if ((ours ??= digest) !== digest)
          throw new DisagreementError(`${of.name}: the rows of ${program.system} are not those of the hub`);
      }
      measured.push(found);
    }
  await rm(out, { recursive: true, force: true });
  const bytes = (await stat(base === '' ? input : base)).size;
  return [...runs].map(([program, measured]) =>
    figuresOfRuns({ case: of.name, system: program.system, rows, bytes }, measured),
  );
}

/** @throws DisagreementError unless the counts are what the generator says. */
function verifyCounts({ name, task }: FormatCase, { system }: FormatProgram, found: Measured, rows: number): void {
  const read = task === 'changes-in' ? editsIn(rows) : rows;
  const rejected = task === 'changes-in' || task.endsWith('-out') ? 0 : badIn(rows);
  if (found.rejected !== rejected || found.accepted !== read - rejected)
    throw new DisagreementError(
      `${name}: ${system} accepted ${found.accepted} and rejected ${found.rejected} of ${read} rows; ${rejected} are bad`,
    );
}
