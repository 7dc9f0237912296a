import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { DatasetReader } from '../csv/dataset-reader.ts';
import type { ByteSink } from '../csv/output.ts';
import type { DatasetSource } from './extract-writer.ts';
import { type ExtractResult, ExtractSlot } from './extract-slot.ts';

export interface ExtractRequest {
  readonly spec: ExtractSpec;
  readonly sink: ByteSink;
}

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
  const slots = extracts.map(({ spec, sink }) => new ExtractSlot(spec, source, sink));
  const reader = new DatasetReader(input, source.columns);
  try {
    await reader.header();
    while (slots.some(({ open }) => open) && !reader.done) {
      takeRecords(reader, slots);
      await Promise.all(slots.map((slot) => slot.flush()));
      if (reader.starved) await reader.fill();
    }
  } finally {
    await reader.close();
  }
  return Promise.all(slots.map((slot) => slot.finish()));
}

/** Hands on records until some output is full or no whole record is left. */
function takeRecords(reader: DatasetReader, slots: readonly ExtractSlot[]): void {
  const {
    window: { bytes },
    scanner,
  } = reader;
  const open = slots.filter((slot) => slot.open);
  while (!open.some((slot) => slot.full)) {
    if (!reader.next()) return;
    for (const slot of open) slot.take(bytes, scanner);
  }
}
