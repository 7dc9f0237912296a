import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { BenchContext } from './cases.ts';
import { runVerify, VERIFY_CASES } from './compare/verify-cases.ts';
import { verifyFiles } from './compare/verify-files.ts';
import { DERIVE_CASES, runDerive } from './derive/derive-cases.ts';
import type { Figures } from './figures.ts';
import { runSearches } from './lookup/lookup-cases.ts';

// That their rows are the same is proved by the cases themselves.
test.each<readonly [string, (context: BenchContext) => Promise<Figures[]>, readonly string[]]>([
  [
    'what the rows of a list come to',
    (context) => runVerify({ ...VERIFY_CASES[0]!, people: 2000, applicants: 1500 }, context),
    ['hub', 'duckdb', 'duckdb, in any order', 'sqlite', 'Map'],
  ],
  [
    'what two tables joined are',
    (context) => runDerive({ ...DERIVE_CASES[0]!, rows: 2000 }, context),
    ['hub', 'duckdb', 'duckdb, in any order'],
  ],
  [
    'who is on a register',
    async (context) => {
      const { csv } = (await verifyFiles(context.folder, 2000, 2000, 1)).resource;
      return runSearches({ case: 'lookup', rows: 2000 }, csv, context, 50);
    },
    ['reader of the hub', 'duckdb on the same file', 'sqlite with a copy'],
  ],
])('systems agree on %s', async (_about, run, systems) => {
  const folder = await mkdtemp(join(tmpdir(), 'exchange-hub-bench-'));
  try {
    const figures = await run({ folder, seed: 1, runs: 1, quick: false, progress: () => undefined });
    expect(figures.map(({ system }) => system)).toEqual(systems);
    expect(figures.every(({ runs, wallSeconds }) => runs > 0 && wallSeconds > 0)).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});
