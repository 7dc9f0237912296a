import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { RepresentedFile } from '../../functions/compare/ports.ts';
import { isOrderedText, lineOf, orderedKey, orderedText } from '../../functions/records/index.ts';
import { missingValuesOf } from '../../functions/records/types/column.ts';

/** Cells of a record as a dataset has them, in the order of the fields. */
export type Record = readonly string[];

/** A dataset as the Parquet file that its representation is. */
export async function represented(
  folder: string,
  schema: TableSchema,
  records: readonly Record[],
): Promise<RepresentedFile> {
  const columns = schema.fields.map((field, i) => ({
    field: field.name,
    text: `t${i}`,
    ...(isOrderedText(field) ? {} : { ordered: `v${i}` }),
  }));
  const keyed = schema.primaryKey !== undefined;
  const names = [
    ...(keyed ? ['k'] : []),
    'n',
    ...columns.flatMap(({ text, ordered }) => [text, ...(ordered ? [ordered] : [])]),
  ];
  const lines = records.map((record, n) =>
    cellsOf(schema, record, n + 1)
      .map((cell) => (cell === null ? '' : quoted(cell)))
      .join(','),
  );
  const csv = join(folder, 'resource.csv');
  await writeFile(csv, `${lineOf(names)}${lines.map((line) => `${line}\n`).join('')}`);
  const path = join(folder, 'resource.parquet');
  await inDuckDB((connection) =>
    connection.run(
      `COPY (SELECT * FROM read_csv('${csv}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, columns = {${names.map((name) => `${name}: '${name === 'n' ? 'BIGINT' : 'VARCHAR'}'`).join(', ')}}) ORDER BY ${keyed ? 'k, ' : ''}n) TO '${path}' (FORMAT parquet)`,
    ),
  );
  return { path, columns, rows: records.length };
}

function cellsOf(schema: TableSchema, record: Record, n: number): (string | null)[] {
  const cells = schema.fields.map((field, i) => {
    const text = record[i] ?? '';
    return missingValuesOf(field, schema).includes(text) ? null : text;
  });
  const ordered = schema.fields.map((field, i) => {
    const text = cells[i] ?? null;
    return text === null ? null : orderedText(field)(text);
  });
  const key = schema.primaryKey?.map((name) => ordered[schema.fields.findIndex((field) => field.name === name)] ?? '');
  return [
    ...(key ? [orderedKey(key)] : []),
    String(n),
    ...schema.fields.flatMap((field, i) => [cells[i] ?? null, ...(isOrderedText(field) ? [] : [ordered[i] ?? null])]),
  ];
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

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
