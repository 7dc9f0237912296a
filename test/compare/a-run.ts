import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparing } from '../../functions/adapters/duckdb/comparing.ts';
import type { ComparedTerms, ComparisonInput, ComparisonOutcome } from '../../functions/compare/ports.ts';
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
  Partial<Pick<ComparisonInput, 'signal' | 'progress'>> & {
    readonly resultFormat?: ComparisonInput['result']['format'];
  };

export interface Answered {
  readonly outcome: ComparisonOutcome;
  readonly result: Buffer;
}

/** Runs a comparison in a folder of its own, with a representation made of the records. */
export async function aRun(asked: Asked): Promise<Answered> {
  const { kind, schema, resource, terms, list, resultFormat = 'csv', signal, progress, ...of } = asked;
  const folder = await mkdtemp(join(tmpdir(), 'comparison-'));
  try {
    const files = { list: join(folder, 'announced'), result: join(folder, 'made') };
    await writeFile(files.list, list);
    const outcome = await comparing({ memoryMb: 512, spillMb: 1024, threads: 2 }).run({
      kind,
      terms: someTerms(terms),
      schema,
      resource: await represented(folder, schema, resource),
      list: { format: 'csv', encoding: 'utf-8', ...of, path: files.list },
      result: { path: files.result, format: resultFormat },
      folder,
      signal,
      progress,
    });
    return { outcome, result: outcome.verdict === 'compared' ? await readFile(files.result) : Buffer.of() };
  } finally {
    await rm(folder, { recursive: true });
  }
}
