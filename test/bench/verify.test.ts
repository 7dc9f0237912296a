import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runVerify, VERIFY_CASES } from './compare/verify-cases.ts';

test('systems agree on what the rows of a list come to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'exchange-hub-bench-verify-'));
  try {
    const context = { folder, seed: 1, runs: 1, quick: false, progress: () => undefined };
    const figures = await runVerify({ ...VERIFY_CASES[0]!, people: 2000, applicants: 1500 }, context);
    expect(figures.map(({ system }) => system)).toEqual(['hub', 'duckdb', 'duckdb, in any order', 'sqlite', 'Map']);
    expect(figures.every(({ runs, wallSeconds }) => runs === 1 && wallSeconds > 0)).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
