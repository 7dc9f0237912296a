import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ByteSink, type DatasetSource, type Layout, layoutOf, writeTable } from '../../records/index.ts';
import { checkedTable, checkQuery, MAX_LINE_BYTES, sortedCopy } from '../../datasets/representation/table-sql.ts';
import { Fault } from '../../kernel/fault.ts';
import { sealFile, type Tail } from '../parquet/seal-file.ts';
import { type DatabaseOptions, openDatabase } from './database.ts';

/** A dataset as a Parquet file of texts in the order of its key. */
export interface RepresentationFile extends Layout {
  readonly path: string;
  readonly rows: number;
  /** Digest of all values, the same over the dataset and over the file. */
  readonly values: string;
  readonly tail: Tail;
}

/**
 * Makes the file in the database's folder, by way of a table of texts there, holds its values against those of the dataset, and
 * seals it.
 * @throws UnreadableValue, LongLine, what the input throws, and a Fault where the file is not the dataset
 */
export async function writeRepresentation(
  input: AsyncIterable<Uint8Array>,
  source: DatasetSource,
  options: DatabaseOptions,
): Promise<RepresentationFile> {
  const layout = layoutOf(source);
  const [table, path] = ['table.csv', 'table.parquet'].map((name) => join(options.folder, name)) as [string, string];
  const { rows, values, bytes } = await writeTableFile(table, input, source);
  const database = await openDatabase(options);
  try {
    await database.run(sortedCopy(layout, table, { rows, bytes }, path));
    await rm(table);
    const [found] = await database.rows(checkQuery(layout, path));
    if (!found || JSON.stringify(checkedTable(found)) !== JSON.stringify({ rows, values, misplaced: 0 }))
      throw new Fault('a representation is not the dataset that it was made of');
  } finally {
    database.close();
  }
  return { ...layout, path, rows, values, tail: await sealFile(path) };
}

async function writeTableFile(path: string, input: AsyncIterable<Uint8Array>, source: DatasetSource) {
  const file = await open(path, 'wx', 0o600);
  try {
    const sink: ByteSink = { write: (chunk) => file.writeFile(chunk) };
    return await writeTable(input, source, sink, MAX_LINE_BYTES);
  } finally {
    await file.close();
  }
}
