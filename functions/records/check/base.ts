import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { recordsInBlock } from '../csv/cells.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import type { AnyOutput } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { LF } from '../csv/scanner.ts';
import type { Extraction } from '../extract/extraction.ts';
import { KeyReader } from './key-reader.ts';
import type { Key } from './keys.ts';

/**
 * An accepted dataset as it is stored. It is not touched unless the file's header is good: open it at the first read. Edits
 * of a resource with several keys read it twice: then each iteration begins anew.
 */
export interface Base {
  readonly input: AsyncIterable<Uint8Array>;
  /** In its order. */
  readonly columns: readonly string[];
}

/**
 * Copies a dataset that was checked before, byte for byte, hands it to the extracts, and takes its keys. Answers how many
 * records it has.
 * @throws what the input or the sink throws, and if the input is no dataset with these columns.
 */
export async function copyBase(
  base: Base,
  schema: TableSchema,
  keys: readonly Key[],
  accepted: AnyOutput,
  extraction?: Extraction,
): Promise<number> {
  const reader = new DatasetReader(base.input, base.columns, extraction && recordsInBlock(base.columns.length));
  const taken = keys.map(({ fields, seen }) => ({ key: new KeyReader(fields, base.columns, schema), seen }));
  let rows = 0;
  accepted.text(lineOf(base.columns));
  try {
    await reader.header();
    while (!reader.done) {
      while (!accepted.full && !reader.cells.full && reader.next()) {
        rows += 1;
        for (const { key, seen } of taken) {
          if (key.read(reader.window.bytes, reader.cells)) seen.add(key.value.bytes, 0, key.value.length);
        }
        accepted.append(reader.window.bytes, reader.recordStart, reader.recordEnd);
        accepted.byte(LF);
        if (extraction) reader.cells.keep();
      }
      extraction?.take(reader.window.memory, reader.cells);
      if (accepted.full) await accepted.flush();
      await extraction?.flush();
      if (reader.starved) await reader.fill();
    }
  } finally {
    await reader.close();
  }
  return rows;
}
