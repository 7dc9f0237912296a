import { mkdir } from 'node:fs/promises';
import { type BenchCase, type BenchContext, rowsOf } from '../cases.ts';
import { requireRoom } from '../data/data-folder.ts';
import type { Figures } from '../figures.ts';
import { inTurn, type System } from '../in-turn.ts';
import { verifyFiles } from './verify-files.ts';

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

const SYSTEMS: readonly System[] = [
  { system: 'hub', file: 'verify-hub' },
  { system: 'duckdb', file: 'verify-duckdb' },
  { system: 'duckdb, in any order', file: 'verify-duckdb', inAnyOrder: true },
  { system: 'sqlite', file: 'verify-sqlite', options: ['--no-warnings'] },
  { system: 'Map', file: 'verify-map', options: ['--max-old-space-size=16000'] },
];

/** List, register, output and what is spilled. */
const BYTES_A_ROW = 1000;

export async function runVerify(of: VerifyCase, context: BenchContext): Promise<Figures[]> {
  const [people, applicants] = [rowsOf(of.people, context), rowsOf(of.applicants, context)];
  const { folder, seed, progress } = context;
  await mkdir(folder, { recursive: true });
  await requireRoom(folder, people * BYTES_A_ROW);
  progress(`${of.name}: data`);
  const { bytes, ...files } = await verifyFiles(folder, people, applicants, seed);
  return inTurn({ name: of.name, systems: SYSTEMS, files, rows: applicants, bytes }, context);
}
