import { mkdir } from 'node:fs/promises';
import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import { verifyFiles } from '../compare/verify-files.ts';
import { requireRoom } from '../data/data-folder.ts';
import type { Figures } from '../figures.ts';
import { inTurn, type System } from '../in-turn.ts';

interface DeriveCase {
  readonly name: string;
  readonly rows: number;
  readonly onDemand: boolean;
}

const million = 1_000_000;

export const DERIVE_CASES: readonly DeriveCase[] = [
  { name: 'derive-1M', rows: million, onDemand: false },
  { name: 'derive-10M', rows: 10 * million, onDemand: true },
];

export const deriveCases: readonly BenchCase[] = DERIVE_CASES.map((of) => ({
  name: of.name,
  about: `${of.rows / million} million people joined with as many applications by their number: a resource of 5 fields`,
  onDemand: of.onDemand,
  run: (context) => runDerive(of, context),
}));

const SYSTEMS: readonly System[] = [
  { system: 'hub', file: 'derive-hub' },
  { system: 'duckdb', file: 'derive-duckdb' },
  { system: 'duckdb, in any order', file: 'derive-duckdb', inAnyOrder: true },
];

/** Both inputs as CSV and as Parquet, the result twice, and what is spilled. */
const BYTES_A_ROW = 1500;

export async function runDerive(of: DeriveCase, context: BenchContext): Promise<Figures[]> {
  const rows = rowsOf(of.rows, context);
  const { folder, seed, progress } = context;
  await mkdir(folder, { recursive: true });
  await requireRoom(folder, rows * BYTES_A_ROW);
  progress(`${of.name}: data`);
  const { list, resource, bytes } = await verifyFiles(folder, rows, rows, seed);
  const files = { people: resource.csv, applications: list };
  return inTurn({ name: of.name, systems: SYSTEMS, files, rows, bytes }, context);
}
