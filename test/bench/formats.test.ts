import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isLong } from '../support/long.ts';
import { FORMAT_CASES, runFormat } from './formats/format-cases.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exchange-hub-bench-formats-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The others are compared by long tests. */
const tried = isLong ? FORMAT_CASES : FORMAT_CASES.slice(0, 1);

test.each(tried.map((of) => [of.name, of] as const))('systems agree on the rows of %s', async (_, of) => {
  const context = { folder, seed: 1, runs: 1, quick: false, progress: () => undefined };
  const figures = await runFormat({ ...of, rows: 2_000 }, context);
  expect(figures.map(({ system }) => system)[0]).toBe('hub');
  expect(figures.length).toBeGreaterThan(1);
  expect(figures.every(({ runs, wallSeconds }) => runs === 1 && wallSeconds > 0)).toBe(true);
});
