import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { comparing } from '../../functions/adapters/duckdb/comparing.ts';
import type {
  ComparedTerms,
  Comparing,
  ComparisonInput,
  ComparisonOutcome,
  ComparisonStage,
} from '../../functions/compare/ports.ts';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import { type Record, represented } from './represented.ts';

export const someTerms = (terms: Partial<ComparedTerms>): ComparedTerms => ({
  key: ['id'],
  compare: [],
  fields: [],
  filter: [],
  mask: {},
  minResult: 1,
  maxList: 1000,
  ...terms,
});

type Asked = Pick<ComparisonInput, 'kind'> & {
  readonly schema: TableSchema;
  readonly resource: readonly Record[];
  readonly terms: Partial<ComparedTerms>;
  /** As it is uploaded. */
  readonly list: string | Uint8Array;
} & Partial<Omit<ComparisonInput['list'], 'path'>> &
  Partial<Pick<ComparisonInput, 'secret' | 'signal' | 'progress'>> & {
    readonly resultFormat?: ComparisonInput['result']['format'];
    /** Where a run in the same folder ended before. */
    readonly diedAt?: ComparisonStage;
    /** Rows of an earlier result, to tell what is different; `undefined`: it is the first of its order. */
    readonly before?: { readonly rows: Buffer | undefined };
  };

export interface Answered {
  readonly outcome: ComparisonOutcome;
  readonly result: Buffer;
  /** Where `before` is given: what it left for the next. */
  readonly rows?: Buffer;
}

/** Runs a comparison in a folder of its own, with a representation made of the records. */
export async function aRun(asked: Asked): Promise<Answered> {
  const {
    kind,
    schema,
    resource,
    terms,
    list,
    secret,
    resultFormat = 'csv',
    signal,
    progress,
    diedAt,
    before,
    ...of
  } = asked;
  const folder = await mkdtemp(join(tmpdir(), 'comparison-'));
  try {
    const files = { list: join(folder, 'announced'), result: join(folder, 'made') };
    await writeFile(files.list, list);
    const since = before && { to: join(folder, 'left'), ...(before.rows && { from: join(folder, 'earlier') }) };
    if (since?.from !== undefined) await writeFile(since.from, before?.rows ?? '');
    const input: ComparisonInput = {
      kind,
      terms: someTerms(terms),
      schema,
      resource: await represented(folder, schema, resource),
      list: { format: 'csv', encoding: 'utf-8', ...of, path: files.list },
      secret,
      result: { path: files.result, format: resultFormat },
      since,
      folder,
      signal,
      progress,
    };
    const engine = comparing({ memoryMb: 512, spillMb: 1024, threads: 2 });
    if (diedAt) await endedAt(diedAt, engine, input);
    const outcome = await engine.run(input);
    const result = outcome.verdict === 'compared' ? await readFile(files.result) : Buffer.of();
    return { outcome, result, ...(since && result.length > 0 && { rows: await readFile(since.to) }) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function endedAt(stage: ComparisonStage, engine: Comparing, input: ComparisonInput): Promise<void> {
  const stop = new AbortController();
  const progress = (reached: ComparisonStage): void => {
    if (reached === stage) stop.abort(new Error('it died'));
  };
  await expect(engine.run({ ...input, signal: stop.signal, progress })).rejects.toThrow('it died');
}
