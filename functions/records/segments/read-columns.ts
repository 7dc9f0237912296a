import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { readHeader } from '../header/read-header.ts';
import { Window } from '../csv/window.ts';
import type { SegmentOptions } from './contract.ts';
import { openSegment } from './open-segment.ts';

/**
 * The columns that a file's header names, or why it is refused. Reads no more of the first segment than that takes.
 * @param input of the first segment
 */
export async function readColumns(
  input: AsyncIterable<Uint8Array>,
  options: Pick<SegmentOptions, 'schema' | 'format' | 'encoding'>,
): Promise<readonly string[] | UploadRefusal> {
  const table = await openSegment(input, { ...options, isFirst: true, isLast: false });
  if ('code' in table) return table;
  const window = new Window(table.csv);
  try {
    await window.fill();
    const header = await readHeader(window, { schema: options.schema });
    return 'code' in header ? header : header.columns;
  } finally {
    await window.close();
  }
}
