import { KeyReader } from '../check/key-reader.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import type { DatasetSource, ExtractRequest } from '../extract/extract-writer.ts';
import { Slot, type SlotResult } from '../extract/slot.ts';
import { ChangeWriter, type WrittenChanges } from './change-writer.ts';
import { Comparison } from './comparison.ts';
import { Diff, type Side } from './diff.ts';
import type { Row } from './row.ts';

/** A stored dataset to be read. */
export interface DatasetVersion extends DatasetSource {
  readonly input: AsyncIterable<Uint8Array>;
}

/** The edits of an extract, once written. */
export type ChangesResult = SlotResult<WrittenChanges>;

type ChangeSlot = Slot<[older: Row | undefined, newer: Row | undefined], WrittenChanges>;

/** Rows that wait for their counterparts in memory, in bytes; more go to disk. */
const BUDGET_BYTES = 32 * 1024 * 1024;

/**
 * Reads two versions of a dataset once, side by side, and writes for each extract the edits that make the older one's the
 * newer one's; results in the order asked for. An extract that cannot be written ends alone. The same versions and
 * requests give the same bytes.
 * @param key fields whose values are there and unique in each version, and mean the same in both, as do all that the
 * extracts name (`compatible`)
 * @throws what an input or the disk throws, and if an input is not a dataset with its columns and this key.
 */
export async function writeChanges(
  older: DatasetVersion,
  newer: DatasetVersion,
  key: readonly string[],
  requests: readonly ExtractRequest[],
  budget: number = BUDGET_BYTES,
): Promise<ChangesResult[]> {
  const versions = { older, newer, key, comparison: new Comparison() };
  const slots = requests.map((request) => new Slot(() => new ChangeWriter(request, versions)));
  const sides = [sideOf(older, key), sideOf(newer, key)] as const;
  const alike =
    older.columns.length === newer.columns.length && older.columns.every((name, i) => name === newer.columns[i]);
  const diff = new Diff(...sides, alike, budget, (was, is) => {
    for (const slot of slots) slot.take(was, is);
  });
  try {
    await Promise.all(sides.map(({ reader }) => reader.header()));
    await writeAll(diff, sides, slots);
  } finally {
    diff.close();
    await Promise.all(sides.map(({ reader }) => reader.close()));
  }
  return Promise.all(slots.map((slot) => slot.finish()));
}

const sideOf = ({ input, columns, schema }: DatasetVersion, key: readonly string[]): Side => ({
  reader: new DatasetReader(input, columns),
  key: new KeyReader(key, columns, schema),
  width: columns.length,
});

async function writeAll(diff: Diff, sides: readonly Side[], slots: readonly ChangeSlot[]): Promise<void> {
  const full = () => slots.some((slot) => slot.full);
  const flush = () => Promise.all(slots.map((slot) => slot.flush()));
  for (let pause = diff.run(full); pause !== 'end'; pause = diff.run(full)) {
    if (!slots.some(({ open }) => open)) return;
    if (pause === 'flush') await flush();
    else await Promise.all(sides.filter(({ reader }) => reader.starved).map(({ reader }) => reader.fill()));
  }
  for (const _ of diff.rest()) if (full()) await flush();
}
