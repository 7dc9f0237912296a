import { DuckDBInstance, type DuckDBConnection, type DuckDBValue, type Json } from '@duckdb/node-api';

export interface DatabaseOptions {
  /** The only folder whose files a statement reads and writes, and where what does not fit in memory is spilled. */
  readonly folder: string;
  /** MiB. DuckDB holds to it but for some tens of MiB of its own. */
  readonly memoryMb: number;
  /** MiB of the folder that may be spilled to. */
  readonly spillMb: number;
  readonly threads: number;
  /** What it refuses a statement for is JSON, with its place (`duckdb-error.ts`). */
  readonly errorsAsJson?: boolean;
}

/** A value that a statement names as `$1`, `$2`, …: never part of its text. */
export type Parameter = string | number | bigint | boolean | null;

/**
 * A DuckDB in memory, gone when it is closed. It reaches nothing but the files of one folder, no network and no extension
 * that is not built in, and no statement changes that (https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview).
 */
export interface Database {
  /** Runs statements whose result nobody wants, such as a COPY. @throws as DuckDB does; its text may hold values. */
  run(sql: string, parameters?: readonly Parameter[]): Promise<void>;
  /** A result that is small: counts, a tree. Integers beyond 2^53 are strings. */
  rows(sql: string, parameters?: readonly Parameter[]): Promise<Record<string, Json>[]>;
  /** A result of any size, in blocks of rows. */
  blocks(sql: string, parameters?: readonly Parameter[]): AsyncIterable<DuckDBValue[][]>;
  /** The same, column by column: cheap where rows are millions. */
  columns(sql: string, parameters?: readonly Parameter[]): AsyncIterable<DuckDBValue[][]>;
  /** Ends the statement that is running; it throws. */
  interrupt(): void;
  close(): void;
}

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { folder, memoryMb, spillMb, threads, errorsAsJson = false } = options;
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${memoryMb}MiB`,
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  const quoted = `'${folder.replaceAll("'", "''")}'`;
  for (const setting of [
    "TimeZone = 'UTC'",
    // An order is stated where one is wanted, and costs memory where not.
    'preserve_insertion_order = false',
    `temp_directory = ${quoted}`,
    `max_temp_directory_size = '${spillMb}MiB'`,
    `allowed_directories = [${quoted}]`,
    `errors_as_json = ${errorsAsJson}`,
    'enable_external_access = false',
    'lock_configuration = true',
  ])
    await connection.run(`SET ${setting}`);
  return {
    run: async (sql, parameters = []) => void (await connection.run(sql, [...parameters])),
    rows: async (sql, parameters = []) => (await connection.runAndReadAll(sql, [...parameters])).getRowObjectsJson(),
    blocks: (sql, parameters = []) => blocksOf(connection, sql, parameters),
    columns: (sql, parameters = []) => columnsOf(connection, sql, parameters),
    interrupt: () => connection.interrupt(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function* blocksOf(connection: DuckDBConnection, sql: string, parameters: readonly Parameter[]) {
  const result = await connection.stream(sql, [...parameters]);
  for await (const rows of result.yieldRows()) yield rows;
}

async function* columnsOf(connection: DuckDBConnection, sql: string, parameters: readonly Parameter[]) {
  const result = await connection.stream(sql, [...parameters]);
  for await (const chunk of result) yield chunk.getColumns();
}
