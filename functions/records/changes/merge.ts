import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Base } from '../check/base.ts';
import { KeyReader } from '../check/key-reader.ts';
import type { Shape } from '../check/shape.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import type { AnyOutput } from '../csv/output.ts';
import type { Extraction } from '../extract/extraction.ts';
import type { ChangeLog } from './change-log.ts';
import { DatasetWriter } from './dataset-writer.ts';
import type { Settlement } from './settle.ts';

interface Parts {
  readonly log: ChangeLog;
  readonly settlement: Settlement;
  readonly shape: Shape;
  readonly schema: TableSchema;
  readonly base: Base | undefined;
  readonly accepted: AnyOutput;
  readonly extraction: Extraction | undefined;
}

export interface Merged {
  readonly baseRows: number;
  readonly datasetRows: number;
  /** Records of the base that the new columns make longer than a record may be; they are not written. */
  readonly tooLong: number;
}

/** In `standing`: the edit is done. */
const DONE = 0xffff_ffff;

/**
 * Writes the dataset: the records of the base with the edits that stand in their places, then those that are new, in the
 * order of the file.
 */
export async function merge(parts: Parts): Promise<Merged> {
  const { log, settlement, base } = parts;
  const writer = new DatasetWriter(parts, base?.columns ?? []);
  const baseRows = base ? await mergeBase(parts, base, writer) : 0;
  for (let edit = 0; edit < log.size; edit += 1) {
    if (log.isDelete(edit) || settlement.standing.at(log.keyOf(edit)) !== edit + 1) continue;
    writer.upsert(log.at(edit).row);
    if (writer.full) await writer.flush();
  }
  writer.extract();
  return { baseRows, datasetRows: writer.rows, tooLong: writer.tooLong };
}

/** Answers how many records the base has. */
async function mergeBase({ log, schema, settlement }: Parts, base: Base, writer: DatasetWriter): Promise<number> {
  const { standing } = settlement;
  const reader = new DatasetReader(base.input, base.columns);
  const key = new KeyReader(schema.primaryKey ?? [], base.columns, schema);
  let rows = 0;
  try {
    await reader.header();
    while (!reader.done) {
      while (!writer.full && reader.next()) {
        rows += 1;
        const { window, cells } = reader;
        if (!key.read(window.bytes, cells)) throw new Error('the dataset has a record without a key');
        const number = log.find(key.value.bytes, key.value.length);
        const edit = number < 0 ? -1 : standing.at(number) - 1;
        if (edit < 0) {
          writer.copy(window.bytes, cells, reader.recordStart, reader.recordEnd);
          continue;
        }
        standing.set(number, DONE);
        if (!log.isDelete(edit)) writer.upsert(log.at(edit).row);
      }
      await writer.flush();
      if (reader.starved) await reader.fill();
    }
  } finally {
    await reader.close();
  }
  return rows;
}
