import { DatasetReader } from '../csv/dataset-reader.ts';
import { noDigest } from '../csv/digest.ts';
import { type ByteSink, Output } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';

/**
 * Of a CSV file in UTF-8 with a header a line of CSV for each record: its number, from 1, the texts of some of its cells, empty
 * without quotes where there is none, and the record as it stands. The header is the line of number 0, without cells.
 * @param cells places of columns
 * @throws what the input or the sink throws.
 */
export async function writeNumberedRows(
  input: AsyncIterable<Uint8Array>,
  columns: readonly string[],
  cells: readonly number[],
  sink: ByteSink,
): Promise<void> {
  const output = new Output(sink, noDigest);
  const reader = new DatasetReader(input, columns);
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const textOf = (at: number): string => {
    const text = reader.cells.text(reader.window.bytes, at);
    return text === '' ? ',' : `${quoted(text)},`;
  };
  try {
    await reader.header();
    const header = lineOf(columns).slice(0, -1);
    output.text(`0,${','.repeat(cells.length)}${quoted(header)}\n`);
    for (let n = 0; !reader.done;) {
      while (reader.next()) {
        n += 1;
        const row = reader.window.bytes.toString('utf8', reader.recordStart, reader.recordEnd);
        output.text(`${n},${cells.map(textOf).join('')}${quoted(row)}\n`);
        if (output.full) await output.flush();
      }
      if (reader.starved) await reader.fill();
    }
    await output.finish();
  } finally {
    await reader.close();
  }
}
