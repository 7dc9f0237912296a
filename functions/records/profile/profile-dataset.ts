import type { FieldQuality } from '../../../schemas/contracts/quality.ts';
import { recordsInBlock } from '../csv/cells.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import type { DatasetSource } from '../extract/extract-writer.ts';
import { columnOf } from '../types/column.ts';
import { FieldProfile } from './field-profile.ts';

/** Values that all columns together remember. */
const REMEMBERED = 50_000;

export interface Profile {
  readonly rows: number;
  /** In the order of the columns. */
  readonly fields: readonly FieldQuality[];
}

/**
 * Reads a stored dataset once and says of each column how many values are missing and how many differ, and of those with
 * an order the smallest and the largest. Equal are values that are so by their type: `07` is `7`. Nothing of a personal
 * or sensitive column is shown. At most 64 KiB a column.
 * @throws what the input throws, and if the input is not a dataset with these columns.
 */
export async function profileDataset(
  input: AsyncIterable<Uint8Array>,
  { schema, columns }: DatasetSource,
): Promise<Profile> {
  const room = Math.ceil(REMEMBERED / columns.length);
  const profiles = columns.map((name) => {
    const field = schema.fields.find((candidate) => candidate.name === name);
    if (!field) throw new Error('the dataset has a column that the schema has not');
    return new FieldProfile(columnOf(field, schema), room);
  });
  const reader = new DatasetReader(input, columns, recordsInBlock(columns.length));
  let rows = 0;
  try {
    await reader.header();
    while (!reader.done) {
      while (!reader.cells.full && reader.next()) reader.cells.keep();
      for (const [index, profile] of profiles.entries()) profile.take(reader.window.memory, reader.cells, index);
      rows += reader.cells.records;
      reader.cells.clear();
      if (reader.starved) await reader.fill();
    }
  } finally {
    await reader.close();
  }
  return { rows, fields: profiles.map(({ quality }) => quality) };
}
