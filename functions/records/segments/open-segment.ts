import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { gb18030ToUtf8 } from '../encoding/gb18030.ts';
import { membersOf } from '../formats/ndjson/members.ts';
import { ndjsonToCsv } from '../formats/ndjson/ndjson.ts';
import { openTable, type Table } from '../formats/open-table.ts';
import type { SegmentOptions } from './contract.ts';

/** The first segment begins as the file does; any other with a record, whatever its first bytes look like. */
export async function openSegment(
  input: AsyncIterable<Uint8Array>,
  { schema, format, encoding, isFirst }: SegmentOptions,
): Promise<Table | UploadRefusal> {
  if (isFirst) return openTable(input, { schema, format, encoding });
  const utf8 = encoding === 'gb18030' ? gb18030ToUtf8(input) : input;
  if (format === 'csv') return { format, csv: utf8, lines: 'physical', firstLine: 1 };
  return {
    format,
    csv: ndjsonToCsv(utf8, membersOf(schema, {}), new Set(), false),
    lines: 'records',
    firstLine: 1,
  };
}
