import type { Sha256 } from '../csv/digest.ts';
import { type ByteSink, Output, type Written } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { LF } from '../csv/scanner.ts';

/**
 * Writes CSV with a header.
 * @param blocks of records: the cells of each as CSV, without its line break
 * @throws what the blocks or the sink throws.
 */
export async function writeLines(
  columns: readonly string[],
  blocks: AsyncIterable<readonly string[]>,
  sink: ByteSink,
): Promise<Written & { readonly rows: number }> {
  const output = new Output<Sha256>(sink);
  output.text(lineOf(columns));
  let rows = 0;
  for await (const lines of blocks) {
    for (const line of lines) {
      output.text(line);
      output.byte(LF);
    }
    rows += lines.length;
    if (output.full) await output.flush();
  }
  return { ...(await output.finish()), rows };
}
