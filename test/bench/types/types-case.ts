import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import { bundled } from '../check/programs.ts';
import { type Figures, median } from '../figures.ts';
import type { ColumnJob, ColumnResult } from './measure-column.ts';
import { TYPE_COLUMNS } from './type-columns.ts';

const NAME = 'types-1M';
const MILLION = 1_000_000;

/** Every type and constraint by itself: what its cells cost beside plain text of the same bytes. */
export const typesCase: BenchCase = {
  name: NAME,
  about: '1 million rows of two columns for each type and constraint, the engine alone, beside text of the same bytes',
  onDemand: false,
  run: runTypes,
};

async function runTypes(context: BenchContext): Promise<Figures[]> {
  await mkdir(context.folder, { recursive: true });
  const program = bundled(context.folder, 'type-column');
  const rows = rowsOf(MILLION, context);
  const all: Figures[] = [];
  for (const { name } of TYPE_COLUMNS) {
    const results: ColumnResult[] = [];
    for (let run = 1; run <= context.runs; run += 1) {
      context.progress(`${NAME}: ${name}, run ${run} of ${context.runs}`);
      results.push(await inProcess(program, { name, rows, seed: context.seed }));
    }
    all.push(figuresOf(name, rows, results));
  }
  return all;
}

/** A process for each column: what the engine has compiled for one type would slow down the next. */
async function inProcess(program: string, job: ColumnJob): Promise<ColumnResult> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(job)]);
  return JSON.parse(stdout) as ColumnResult;
}

function figuresOf(name: string, rows: number, results: readonly ColumnResult[]): Figures {
  const taken = (way: 'own' | 'asText') => ({
    wallSeconds: median(results.map((result) => result[way].wallSeconds)),
    cpuSeconds: median(results.map((result) => result[way].cpuSeconds)),
  });
  const own = taken('own');
  return {
    case: NAME,
    system: name,
    rows,
    bytes: results[0]?.bytes ?? 0,
    runs: results.length,
    ...own,
    rowsPerSecond: Math.round(rows / own.wallSeconds),
    asText: taken('asText'),
  };
}
