import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { writeRepresentation } from '../../functions/adapters/duckdb/representation-file.ts';
import type { RepresentedFile } from '../../functions/compare/ports.ts';
import { lineOf } from '../../functions/records/index.ts';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import { inChunks } from '../records/support.ts';

/** Cells of a record as a dataset has them, in the order of the fields. */
export type Record = readonly string[];

/** The representation of a dataset with these records. */
export async function represented(
  folder: string,
  schema: TableSchema,
  records: readonly Record[],
): Promise<RepresentedFile> {
  const columns = schema.fields.map(({ name }) => name);
  const csv = [columns, ...records.map((record) => columns.map((_, i) => record[i] ?? ''))].map(lineOf).join('');
  return writeRepresentation(
    inChunks(Buffer.from(csv), 65_536),
    { schema, columns },
    { folder, memoryMb: 256, spillMb: 256, threads: 1 },
  );
}

export async function inDuckDB<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
