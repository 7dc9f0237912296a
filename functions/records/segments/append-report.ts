import { DatasetReader } from '../csv/dataset-reader.ts';
import type { AnyOutput } from '../csv/output.ts';
import { LF } from '../csv/scanner.ts';

export const reportColumns = (warns: boolean): string[] => [
  'line',
  'column',
  'field',
  'rule',
  'value',
  ...(warns ? ['severity'] : []),
];

/** The first rows of a segment's report, each with its line in the file. */
export async function appendReport(
  report: AsyncIterable<Uint8Array>,
  columns: readonly string[],
  { rows, linesBefore }: { readonly rows: number; readonly linesBefore: number },
  output: AnyOutput,
): Promise<void> {
  const reader = new DatasetReader(report, columns);
  try {
    await reader.header();
    for (let row = 0; row < rows; row += 1) {
      while (!reader.next()) {
        if (reader.done) throw new Error('a report has fewer rows than were written');
        await reader.fill();
      }
      const { bytes } = reader.window;
      const lineEnd = reader.cells.offsets[1] ?? 0;
      output.text(String(Number(reader.cells.text(bytes, 0)) + linesBefore));
      output.append(bytes, lineEnd, reader.recordEnd);
      output.byte(LF);
      if (output.full) await output.flush();
    }
  } finally {
    await reader.close();
  }
}
