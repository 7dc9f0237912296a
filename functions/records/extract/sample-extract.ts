import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { recordsInBlock } from '../csv/cells.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import { type DatasetSource, extractFields, type ExtractField } from './extract-writer.ts';
import type { Filter } from './filter.ts';
import { masked } from './mask.ts';

/** The rows of an extract counted, and the first of them; a missing value is null. */
export interface Sampled {
  readonly rows: number;
  /** Whether the dataset was read to its end. */
  readonly exact: boolean;
  readonly sample: readonly Readonly<Record<string, string | null>>[];
}

export interface SampleOptions {
  /** So many rows are shown. */
  readonly size: number;
  /** Asked between blocks: whether to go on reading. */
  readonly more: () => boolean;
}

/**
 * Reads a stored dataset as `writeExtracts` does and writes nothing: which rows an extract would have, and a few of them
 * with its masks.
 * @throws what the input throws, and if the input is not a dataset with these columns.
 */
export async function sampleExtract(
  input: AsyncIterable<Uint8Array>,
  source: DatasetSource,
  spec: ExtractSpec,
  { size, more }: SampleOptions,
): Promise<Sampled> {
  const { fields, filters } = extractFields(spec, source, hidden);
  const reader = new DatasetReader(input, source.columns, recordsInBlock(source.columns.length));
  const sample: Record<string, string | null>[] = [];
  let rows = 0;
  try {
    await reader.header();
    while (!reader.done) {
      if (!more()) return { rows, exact: false, sample };
      while (!reader.cells.full && reader.next()) reader.cells.keep();
      const count = choose(filters, reader);
      for (let i = 0; i < count && sample.length < size; i += 1)
        sample.push(shown(fields, reader, reader.cells.chosen[i] ?? 0));
      rows += count;
      reader.cells.clear();
      if (reader.starved) await reader.fill();
    }
  } finally {
    await reader.close();
  }
  return { rows, exact: true, sample };
}

/** Of what is only looked at nothing is fetched, so that it has no references. */
const hidden = (name: string): string => masked('hide', name);

/** How many records of the block fulfil the conditions; their places come to stand in `chosen`. */
function choose(filters: readonly Filter[], { cells, window }: DatasetReader): number {
  let count = cells.chooseAll();
  for (const filter of filters) count = filter(window.memory, cells, count);
  return count;
}

/** One record, by field. */
function shown(fields: readonly ExtractField[], { cells, window }: DatasetReader, record: number) {
  cells.first = record * cells.width;
  return Object.fromEntries(
    fields.map(({ column, index, cover }) => {
      const text = index < 0 ? undefined : cells.text(window.bytes, index);
      if (text === undefined || column.missing.has(text)) return [column.name, null];
      return [column.name, cover === undefined ? text : masked(cover, text)];
    }),
  );
}
