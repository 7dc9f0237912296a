import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import {
  allRows,
  differences,
  keptRows,
  rowColumns,
  sameHeader,
  tablesOfDifferences,
} from '../../../compare/domain/reconciliations/difference-statements.ts';
import { CHANGE, freeNames } from '../../../compare/domain/result-columns.ts';
import type { ComparisonInput, RowChanges } from '../../../compare/ports.ts';
import { writeLines, writeNumberedRows } from '../../../records/index.ts';
import { fileBytes, withFile } from './local-file.ts';
import { asAsked, linesOf, type Made, type Run, text } from './run.ts';

type Since = NonNullable<ComparisonInput['since']>;
type Told = Pick<Made, 'columns' | 'written'> & { readonly changes: RowChanges };

/** Of a whole result what is told of it since an earlier one; its rows are left for the next. */
export async function differing(run: Run, { columns, written }: Made, since: Since): Promise<Told> {
  const { database, files } = run;
  const names = columns.map(({ name }) => name);
  const key = keyColumns(run, names);
  // The disk is for both sides, the result and what is spilled: what is read through makes room.
  await removed(files.list, files.keys);
  await leaveRows(run, { names, key }, since.to);
  await removed(files.whole, files.rows);
  await database.run(`CREATE VIEW now AS SELECT * FROM read_parquet(${text(since.to)})`);
  const isWhole = !(await isComparable(run, since));
  if (!isWhole) for (const table of tablesOfDifferences) await database.run(table);
  const counts = { new: 0, changed: 0, gone: 0 };
  const [change = CHANGE] = freeNames(names, [CHANGE]);
  const lines = changedLines(run, isWhole ? allRows : differences(key), counts);
  const told = await withFile(asAsked(run), (sink) => writeLines([change, ...names], lines, sink));
  if (isWhole && told.rows !== written.rows) throw new Error('not all rows of a result are told');
  return { columns: [{ name: change }, ...columns], written: told, changes: { ...counts, isWhole } };
}

const removed = async (...paths: readonly string[]): Promise<void> => {
  for (const path of paths) await rm(path, { force: true });
};

/** The columns of a row's key, by their places; none where the result does not tell it. */
function keyColumns({ kind, terms, read }: Run, names: readonly string[]): number[] {
  if (kind !== 'missing') return read.fields.slice(0, terms.key.length).map(({ index }) => index);
  const isTold = terms.key.every((field) => terms.fields.includes(field) && !Object.hasOwn(terms.mask, field));
  return isTold ? terms.key.map((field) => names.indexOf(field)) : [];
}

interface Rows {
  readonly names: readonly string[];
  readonly key: readonly number[];
}

async function leaveRows({ database, files, signal }: Run, { names, key }: Rows, to: string): Promise<void> {
  await withFile(files.rows, (sink) => writeNumberedRows(fileBytes(files.whole, signal), names, key, sink));
  // So that the file's digest, which the table has, says nothing of the rows: nobody can make the file by trying.
  const salt = `KV_METADATA {salt: '${randomBytes(32).toString('hex')}'}`;
  await database.run(
    `COPY (${keptRows(linesOf(files.rows, rowColumns(key)))}) TO ${text(to)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, ${salt})`,
  );
}

/** There is an earlier result, and it has the same columns. */
async function isComparable({ database }: Run, { from }: Since): Promise<boolean> {
  if (from === undefined) return false;
  await database.run(`CREATE VIEW before AS SELECT * FROM read_parquet(${text(from)})`);
  const [found] = await database.rows(sameHeader);
  return found?.['same'] === true;
}

async function* changedLines(
  { database, progress }: Run,
  sql: string,
  counts: { new: number; changed: number; gone: number },
): AsyncGenerator<string[]> {
  let records = 0;
  for await (const [changes, rows] of database.columns(sql)) {
    yield (changes as (keyof typeof counts)[]).map((change, at) => {
      counts[change] += 1;
      return `${change},${rows?.[at] as string}`;
    });
    progress?.('writing', (records += changes?.length ?? 0));
  }
}
