import { recordsInBlock } from '../csv/cells.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import type { DatasetSource } from '../extract/extract-writer.ts';
import { missingValuesOf } from '../types/column.ts';
import { attachmentField } from './attachments.ts';

/**
 * The names of attachments that the records of a stored dataset have, in their order, as often as they stand there; none where
 * no column of it names any.
 * @throws what the input throws, and if the input is not a dataset with these columns.
 */
export async function eachName(
  input: AsyncIterable<Uint8Array>,
  { schema, columns }: DatasetSource,
  take: (name: string) => void,
): Promise<void> {
  const field = attachmentField(schema);
  const index = field ? columns.indexOf(field.name) : -1;
  if (!field || index < 0) return;
  const missing = new Set(missingValuesOf(field, schema));
  const reader = new DatasetReader(input, columns, recordsInBlock(columns.length));
  try {
    await reader.header();
    while (!reader.done) {
      while (!reader.cells.full && reader.next()) reader.cells.keep();
      const { cells } = reader;
      for (let record = 0; record < cells.records; record += 1) {
        cells.first = record * cells.width;
        const name = cells.text(reader.window.memory.bytes, index);
        if (!missing.has(name)) take(name);
      }
      cells.clear();
      if (reader.starved) await reader.fill();
    }
  } finally {
    await reader.close();
  }
}
