import { blindList, blindRefusal } from '../../compare/domain/blind.ts';
import { listRefusal } from '../../compare/domain/list-refusal.ts';
import { normalOrOrdered } from '../../compare/domain/link/normal-text.ts';
import { resultSchema } from '../../compare/domain/result-columns.ts';
import type { Comparing, ComparisonInput, ComparisonOutcome, ResultFile } from '../../compare/ports.ts';
import { readList, UnfitExtract, writeExtracts } from '../../records/index.ts';
import { type DatabaseOptions, openDatabase } from './database.ts';
import { judged, missing } from './compare/exact.ts';
import { differing } from './compare/differing.ts';
import { linked } from './compare/linking.ts';
import { fileBytes, withFile } from './compare/local-file.ts';
import { type Files, filesOf, type Made, type Run, tables } from './compare/run.ts';

/** Compares lists with representations in DuckDB, on the local disk. */
export const comparing = (limits: Omit<DatabaseOptions, 'folder'>): Comparing => ({
  run: async (input) => {
    const files = filesOf(input.folder);
    input.progress?.('reading');
    const list = await listOf(input, files);
    const unfit = input.secret && blindRefusal(list, input.terms.maxList);
    if (unfit) return { verdict: 'refused', refusal: unfit };
    if (list.verdict === 'refused')
      return { verdict: 'refused', refusal: listRefusal(list.refusal, input.terms.maxList) };
    const database = await openDatabase({ ...limits, folder: input.folder });
    const interrupt = (): void => database.interrupt();
    input.signal?.addEventListener('abort', interrupt);
    try {
      input.signal?.throwIfAborted();
      await tables(input, files, database);
      const outcome = await outcomeOf({ ...input, read: list, files, database });
      input.signal?.throwIfAborted();
      return outcome;
    } catch (error) {
      input.signal?.throwIfAborted();
      if (error instanceof UnfitExtract)
        return { verdict: 'refused', refusal: { code: 'result-unfit', detail: error.message } };
      throw error;
    } finally {
      input.signal?.removeEventListener('abort', interrupt);
      database.close();
    }
  },
});

const listOf = (input: ComparisonInput, files: Files) =>
  withFile(files.list, (records) =>
    withFile(files.keys, (keys) =>
      readList(() => fileBytes(input.list.path, input.signal), listOptions(input), { records, keys }),
    ),
  );

function listOptions({ kind, list, terms, schema, secret }: ComparisonInput) {
  const own = secret ? blindList : { ...terms, schema, textOf: kind === 'link' ? normalOrOrdered : undefined };
  return { ...own, ...list, names: list.columns ?? {}, most: terms.maxList };
}

async function outcomeOf(run: Run): Promise<ComparisonOutcome> {
  const { terms, read } = run;
  run.progress?.('comparing');
  const result = await made(run);
  const { counts, hits } = result;
  const rows = { read: read.rows.records + read.rows.rejected, rejected: read.rows.rejected };
  const { rejections } = read;
  // One says nothing that withholding it would not say.
  if (hits < terms.minResult && terms.minResult > 1) return { verdict: 'withheld', rows, rejections };
  const found = { verdict: 'compared', rows, rejections, counts, hits } as const;
  if (!run.since) return { ...found, result: await inFormat(run, result) };
  const { changes, ...told } = await differing(run, result, run.since);
  return { ...found, changes, result: await inFormat(run, told) };
}

function made(run: Run): Promise<Made> {
  switch (run.kind) {
    case 'missing':
      return missing(run);
    case 'link':
      return linked(run);
    default:
      return judged(run, run.kind);
  }
}

/** The result as it is asked for: made of the CSV, unless it is that. */
async function inFormat(run: Run, { columns, written }: Pick<Made, 'columns' | 'written'>): Promise<ResultFile> {
  const { result, terms, files, signal } = run;
  const fields = columns.map(({ name }) => name);
  if (result.format === 'csv') return { ...written, columns: fields };
  const extract = await withFile(result.path, async (sink) => {
    const spec = { fields, filter: [], mask: {}, format: result.format };
    const source = { schema: resultSchema(columns, terms.mask), columns: fields };
    const [made] = await writeExtracts(fileBytes(files.result, signal), source, [{ spec, sink }]);
    return made;
  });
  if (!extract?.ok) throw extract?.error;
  return { rows: extract.rows, bytes: extract.bytes, sha256: extract.sha256, columns: fields };
}
