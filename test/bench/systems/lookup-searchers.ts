import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';
import { sortedRows } from '../../../functions/adapters/parquet/sorted-rows.ts';
import { csvRows } from '../compare/plain-result.ts';
import { RESOURCE_COLUMNS } from '../compare/verify-job.ts';
import { represented } from '../lookup/lookup-files.ts';

/** Something that has a register open. */
export interface Searcher {
  readonly system: string;
  /** All of a person but the number, in the order of the register's fields. */
  find(id: string): Promise<readonly (string | null)[] | undefined>;
  /** How often a part of a file was read so far. */
  reads?(): number;
  close(): Promise<void>;
}

/** @param folder an empty one of its own */
export type OpenSearcher = (folder: string, csv: string) => Promise<Searcher>;

const CELLS = RESOURCE_COLUMNS.slice(1);

/** The reader of lookups on a representation in a local file: the product's but for S3. */
export const openHubReader: OpenSearcher = async (folder, csv) => {
  const { path, rows, tail, columns: written } = await represented(folder, csv);
  const handle = await open(path, 'r');
  let reads = 0;
  const files = sortedRows(async (_file, start, end) => {
    reads += 1;
    return (await handle.read(Buffer.allocUnsafe(end - start), 0, end - start, start)).buffer;
  });
  const file = { key: path, versionId: '1', bytes: (await stat(path)).size, rows, tail };
  const columns = CELLS.map((name) => written.find(({ field }) => field === name)!.text);
  return {
    system: 'reader of the hub',
    async find(id) {
      const { isThere, row } = await files.find(file, id, columns);
      return isThere ? columns.map((column) => row.get(column) ?? null) : undefined;
    },
    reads: () => reads,
    close: () => handle.close(),
  };
};

/** A prepared statement over the same Parquet file: DuckDB keeps its metadata, too. */
export const openDuckdb: OpenSearcher = async (folder, csv) => {
  const { path, columns } = await represented(folder, csv);
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run('SET enable_object_cache = true');
  const texts = CELLS.map((name) => columns.find(({ field }) => field === name)!.text);
  const statement = await connection.prepare(`SELECT ${texts.join(', ')} FROM read_parquet('${path}') WHERE k = $1`);
  return {
    system: 'duckdb on the same file',
    async find(id) {
      statement.bindVarchar(1, id);
      const [row] = (await statement.runAndReadAll()).getRows();
      return row as string[] | undefined;
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
};

/** A database of its own, as one would have with a copy of the register. */
export const openSqlite: OpenSearcher = async (folder, csv) => {
  const path = join(folder, 'people.sqlite');
  await rm(path, { force: true });
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000');
  const columns = RESOURCE_COLUMNS.join(', ');
  database.exec(`CREATE TABLE people (${columns}, PRIMARY KEY (id)) WITHOUT ROWID`);
  const insert = database.prepare(`INSERT INTO people VALUES (${RESOURCE_COLUMNS.map(() => '?').join(', ')})`);
  database.exec('BEGIN');
  for await (const person of csvRows(csv)) insert.run(...person);
  database.exec('COMMIT');
  const find = database.prepare(`SELECT ${CELLS.join(', ')} FROM people WHERE id = ?`);
  find.setReturnArrays(true);
  return {
    system: 'sqlite with a copy',
    find: async (id) => find.get(id) as unknown as string[] | undefined,
    close: async () => database.close(),
  };
};
