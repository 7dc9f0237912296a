import { statSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ResultColumn,
  RunRefusal,
  Sandbox,
  StatementLimits,
  StatementResult,
} from '../../reading/derivation/run-statement.ts';
import { placeOf } from '../../reading/derivation/statement/place.ts';
import { beforeWithin, within } from '../../reading/derivation/statement/statement.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { type Database, openDatabase } from './database.ts';
import { duckdbErrorOf } from './duckdb-error.ts';

/** A Parquet file of the folder, by its name, and the columns that it is known to have. */
export interface SandboxInput {
  readonly file: string;
  readonly fields: readonly string[];
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * A database that has the inputs and nothing else, and reaches nothing but its folder.
 *
 * @param folder with the inputs' files, this run's own
 * @throws Fault where a file has other columns than the statement was judged with
 */
export async function openSandbox(
  folder: string,
  inputs: Readonly<Record<string, SandboxInput>>,
  limits: StatementLimits,
): Promise<Sandbox> {
  const database = await openDatabase({ folder, ...limits, errorsAsJson: true });
  try {
    for (const [name, { file, fields }] of Object.entries(inputs)) {
      await database.run(
        `CREATE VIEW ${identifier(name)} AS SELECT * FROM read_parquet(${literal(join(folder, file))})`,
      );
      const columns = await describe(database, identifier(name));
      if (JSON.stringify(columns.map((column) => column.name)) !== JSON.stringify(fields))
        throw new Fault(`the extract for the input ${name} has other columns than its statement was judged with`);
    }
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    describe: (sql) => describeResult(database, sql),
    run: (sql, columns, options) =>
      run(
        database,
        limits,
        copyOf(sql, columns, { ...options, to: join(folder, options.to) }),
        join(folder, options.to),
      ),
    close: () => database.close(),
  };
}

const DESCRIBE = 'DESCRIBE SELECT * FROM ';

async function describe(database: Database, table: string): Promise<ResultColumn[]> {
  const rows = await database.rows(`${DESCRIBE}${table}`);
  return rows.map((row) => ({ name: row['column_name'] as string, type: row['column_type'] as string }));
}

/** Types of fields. What else there is, an interval or a list, is no field's value. */
const FIELD_TYPE =
  /^(VARCHAR|BOOLEAN|TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|DECIMAL\(.*\)|DOUBLE|DATE|TIME|TIMESTAMP|TIMESTAMP WITH TIME ZONE)$/;

async function describeResult(
  database: Database,
  sql: string,
): Promise<Outcome<readonly ResultColumn[], 'invalid-derivation'>> {
  try {
    const columns = await describe(database, within(sql));
    const unfit = columns.find(({ type }) => !FIELD_TYPE.test(type));
    return unfit
      ? invalid(
          'statement-type',
          `the column ${JSON.stringify(unfit.name)} is of type ${unfit.type}, which no field has: CAST it`,
        )
      : done(columns);
  } catch (error) {
    return invalid('statement-type', bindMessage(error, sql));
  }
}

const invalid = (rule: string, message: string) =>
  refuse('invalid-derivation', { violations: [{ path: '/derivation/sql', rule, message }] });

/** What DuckDB says before it looks at any record: of the statement's words and the inputs' columns. */
function bindMessage(error: unknown, sql: string): string {
  const { type, message, at } = duckdbErrorOf(error);
  const [first = ''] = message.split('\n');
  const reason = `${type} Error: ${first}`.slice(0, 300);
  const offset = at === undefined ? -1 : at - Buffer.byteLength(DESCRIBE + beforeWithin);
  return offset < 0 || offset > Buffer.byteLength(sql) ? reason : `${placeOf(sql, offset)}: ${reason}`;
}

/** Parquet has no integers beyond 64 bits: DuckDB would write the nearest doubles. */
const asStored = ({ name, type }: ResultColumn): string =>
  type === 'HUGEINT' ? `CAST(${identifier(name)} AS VARCHAR) AS ${identifier(name)}` : identifier(name);

function copyOf(
  sql: string,
  columns: readonly ResultColumn[],
  {
    lost = [],
    order,
    to,
  }: { readonly lost?: readonly string[]; readonly order: readonly string[]; readonly to: string },
): string {
  const outputs = columns.map((column) =>
    lost.includes(column.name) ? `CAST(NULL AS VARCHAR) AS ${identifier(column.name)}` : asStored(column),
  );
  const by =
    order.length > 0
      ? order.map((name) => `result.${identifier(name)}`)
      : columns.map(({ name }) => `result.${identifier(name)}`);
  return `COPY (SELECT ${outputs.join(', ')} FROM ${within(sql)} ORDER BY ${by.join(', ')}) TO ${literal(to)} (FORMAT parquet, USE_TMP_FILE false)`;
}

/** How often it is looked whether a run takes too much. */
const WATCH_MS = 100;

async function run(
  database: Database,
  { seconds, rows: mostRows, bytes }: StatementLimits,
  copy: string,
  file: string,
): Promise<Outcome<StatementResult, RunRefusal>> {
  const until = performance.now() + seconds * 1_000;
  let stopped: RunRefusal | undefined;
  const watch = setInterval(() => {
    stopped ??= performance.now() > until ? 'too-long' : sizeOf(file) > bytes ? 'too-large' : undefined;
    if (stopped) database.interrupt();
  }, WATCH_MS);
  try {
    const [row] = await database.rows(copy);
    const rows = Number(row?.['Count']);
    if (rows > mostRows) return refuse('too-many-rows');
    return sizeOf(file) > bytes ? refuse('too-large') : done({ rows, file });
  } catch (error) {
    return refuse(stopped ?? refusalOf(error));
  } finally {
    clearInterval(watch);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

const UNFIT: ReadonlySet<string> = new Set(['Conversion', 'Out of Range', 'Invalid Input', 'Not implemented']);

/** By what DuckDB calls the error; what it says besides may hold values, and goes no further. */
function refusalOf(error: unknown): RunRefusal {
  const { type, message } = duckdbErrorOf(error);
  if (type === 'Out of Memory') return /temp/i.test(message) ? 'too-large' : 'out-of-memory';
  if (UNFIT.has(type)) return 'value-unfit';
  throw new Fault(`a derivation ended with what DuckDB calls ${type} Error`);
}
