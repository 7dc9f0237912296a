import { recordsInBlock } from '../csv/cells.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import type { Sha256 } from '../csv/digest.ts';
import { Extraction } from './extraction.ts';
import type { DatasetSource, ExtractRequest } from './extract-writer.ts';
import type { ExtractResult } from './slot.ts';

/**
 * Reads a stored dataset once and writes its extracts side by side; results in the order asked for. An extract that
 * cannot be written ends alone.
 * @throws what the input throws, and if the input is not a dataset with these columns.
 */
export async function writeExtracts(
  input: AsyncIterable<Uint8Array>,
  source: DatasetSource,
  extracts: readonly ExtractRequest[],
): Promise<ExtractResult[]> {
  const extraction = new Extraction<Sha256>(extracts, source);
  const reader = new DatasetReader(input, source.columns, recordsInBlock(source.columns.length));
  try {
    await reader.header();
    while (extraction.open && !reader.done) {
      while (!reader.cells.full && reader.next()) reader.cells.keep();
      extraction.take(reader.window.memory, reader.cells);
      await extraction.flush();
      if (reader.starved) await reader.fill();
    }
  } finally {
    await reader.close();
  }
  return extraction.finish();
}
