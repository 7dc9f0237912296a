import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Runs with a DuckDB in memory and a folder, both gone afterwards. */
async function withDuck<T>(
  use: (run: (sql: string) => Promise<Record<string, unknown>[]>, folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-duck-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    return await use(async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(), folder);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

/** What another program makes of a query. */
export const duckParquet = (query: string, options = ''): Promise<Buffer> =>
  withDuck(async (run, folder) => {
    const path = join(folder, 'a.parquet');
    await run("SET TimeZone = 'UTC'");
    await run(`COPY (${query}) TO '${path}' (FORMAT parquet${options === '' ? '' : `, ${options}`})`);
    return readFileSync(path);
  });

/** What another program reads in a Parquet file. @param query of `FILE` */
export const duckRows = (content: Uint8Array, query = 'SELECT * FROM FILE'): Promise<Record<string, unknown>[]> =>
  withDuck(async (run, folder) => {
    const path = join(folder, 'a.parquet');
    writeFileSync(path, content);
    await run("SET TimeZone = 'UTC'");
    return run(query.replaceAll('FILE', `'${path}'`));
  });
