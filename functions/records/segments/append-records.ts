import type { AnyOutput } from '../csv/output.ts';
import { Skipper } from '../csv/oversize.ts';

/** The first records behind the header row of a fix-file, of any length. */
export async function appendRecords(
  fixes: AsyncIterable<Uint8Array>,
  records: number,
  output: AnyOutput,
): Promise<void> {
  const skipper = new Skipper();
  /** Of the header row and of the records, those that are over. */
  let ended = 0;
  /** Bytes of the byte order mark that are still to come: a quote behind it opens a cell. */
  let mark = 3;
  for await (const chunk of fixes) {
    const from = Math.min(mark, chunk.length);
    mark -= from;
    for (let start = from; start < chunk.length && ended <= records;) {
      const next = skipper.skip(chunk, start, chunk.length);
      const end = next < 0 ? chunk.length : next;
      if (ended > 0) output.append(chunk, start, end);
      if (output.full) await output.flush();
      if (next >= 0) {
        ended += 1;
        skipper.reset();
      }
      start = end;
    }
    if (ended > records) return;
  }
  throw new Error('a fix-file has fewer records than were written');
}
