import { join } from 'node:path';
import type { Field } from '../../../../schemas/contracts/definition.ts';
import type { Covers } from '../../../compare/domain/granted-cells.ts';
import type { ResultColumn } from '../../../compare/domain/result-columns.ts';
import { blindList } from '../../../compare/domain/blind.ts';
import { type Compared, listColumns, SECRET, type Statement, type Tables } from '../../../compare/domain/statements.ts';
import type { ComparedTerms, ComparisonInput, ListCounts } from '../../../compare/ports.ts';
import { coverOf, type ReadList } from '../../../records/index.ts';
import type { Database } from '../database.ts';
import { hmacMacros } from './hmac-macros.ts';

/** A comparison whose list is read. */
export interface Run extends ComparisonInput {
  readonly read: ReadList;
  readonly files: Files;
  readonly database: Database;
}

/** What a run has made, as CSV. */
export interface Made {
  readonly counts: ListCounts | undefined;
  readonly hits: number;
  readonly columns: readonly ResultColumn[];
  readonly written: Written;
}

export interface Written {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export type Files = ReturnType<typeof filesOf>;
export const filesOf = (folder: string) => ({
  /** The list as CSV, and the keys of its records. */
  list: join(folder, 'list.csv'),
  keys: join(folder, 'keys.csv'),
  /** The same for whoever runs the statement elsewhere. */
  keyTable: join(folder, 'keys.parquet'),
  /** The result as CSV, where it is to be of another format. */
  result: join(folder, 'result.csv'),
  /** All of it, where only what is different is told; and its rows as they are read by the database. */
  whole: join(folder, 'whole.csv'),
  rows: join(folder, 'rows.csv'),
});

/** Makes the tables of the statements: `list` and, where it is on the disk, `resource`. */
export async function tables({ terms, resource, secret }: ComparisonInput, { keys }: Files, database: Database) {
  if (secret) await blindTables(secret, keys, database);
  else await database.run(`CREATE VIEW list AS SELECT * FROM ${keyLines(keys, terms)}`);
  if ('path' in resource)
    await database.run(`CREATE VIEW resource AS SELECT * FROM read_parquet(${text(resource.path)})`);
}

async function blindTables(secret: Uint8Array, keys: string, database: Database): Promise<void> {
  await database.run(hmacMacros);
  await database.run(`CREATE TEMP TABLE secret AS SELECT $1 AS ${SECRET}`, [Buffer.from(secret).toString('hex')]);
  await database.run(`CREATE VIEW list AS SELECT * FROM ${keyLines(keys, blindList)}, secret`);
}

export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
/** A file of what `KeyLines` writes. */
export function keyLines(path: string, terms: Pick<ComparedTerms, 'key' | 'compare'>): string {
  return linesOf(
    path,
    listColumns(terms).map((name, i) => [name, i === 0 ? 'INTEGER' : 'VARCHAR']),
  );
}

/** A file of CSV without a header; what is empty without quotes is missing. */
export function linesOf(path: string, of: readonly (readonly [name: string, type: string])[]): string {
  const columns = of.map(([name, type]) => `"${name}": '${type}'`);
  return `read_csv(${text(path)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '', allow_quoted_nulls = false, max_line_size = ${LONGEST_LINE}, columns = {${columns.join(', ')}})`;
}

/** A record of a mebibyte whose ordered texts are twice as long, all in quotes; or beside its key once more. */
const LONGEST_LINE = 4 * 1024 * 1024 + 64 * 1024;

const HERE: Tables = { list: 'list', resource: 'resource' };

export const compared = ({ terms, schema, resource, secret }: Run, tables = HERE): Compared => ({
  terms,
  schema,
  columns: resource.columns,
  tables,
  isBlind: secret !== undefined,
});

/** The rows of a statement by their numbers, wherever it runs, column by column. */
export async function* answersTo(run: Run, statementOf: (of: Compared) => Statement): AsyncGenerator<unknown[][]> {
  const { database, files, resource } = run;
  if ('path' in resource) {
    const { sql, parameters } = statementOf(compared(run));
    yield* database.columns(sql, parameters);
    return;
  }
  await database.run(`COPY list TO ${text(files.keyTable)} (FORMAT parquet)`);
  const paths = await resource.ask((there) => statementOf(compared(run, there)), files.keyTable);
  if (paths.length > 0)
    yield* database.columns(`SELECT * FROM read_parquet([${paths.map(text).join(', ')}]) ORDER BY n`);
}

/** Where what is told is written as CSV. */
export const asAsked = ({ result, files }: Pick<Run, 'result' | 'files'>): string =>
  result.format === 'csv' ? result.path : files.result;

/** Where the whole result is. */
export const csvOf = (run: Pick<Run, 'result' | 'files' | 'since'>): string =>
  run.since ? run.files.whole : asAsked(run);

export const coversOf = (run: Run): Covers =>
  grantedFields(run).map((field) => coverOf(field, run.terms.mask, run.refer));

export const grantedFields = ({ terms, schema }: Run): Field[] =>
  terms.fields.map((name) => {
    const field = schema.fields.find((candidate) => candidate.name === name);
    if (!field) throw new Error('the terms grant a field that the definition has not');
    return field;
  });
