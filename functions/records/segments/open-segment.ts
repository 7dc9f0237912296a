import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { gb18030ToUtf8 } from '../encoding/gb18030.ts';
import type { SegmentFormat } from '../formats/natures.ts';
import { membersOf } from '../formats/ndjson/members.ts';
import { ndjsonToCsv } from '../formats/ndjson/ndjson.ts';
import { openTable, READERS, type Table } from '../formats/open-table.ts';
import type { SegmentOptions } from './contract.ts';

/** The first segment begins as the file does; any other with a record, whatever its first bytes look like. */
export async function openSegment(
  input: AsyncIterable<Uint8Array>,
  { schema, format, encoding, isFirst }: SegmentOptions,
): Promise<Table | UploadRefusal> {
  if (isFirst) return openTable(input, { schema, format, encoding });
  const utf8 = encoding === 'gb18030' ? gb18030ToUtf8(input) : input;
  return { format, csv: CONVERTED[format](utf8, schema), lines: READERS[format].lines, firstLine: 1 };
}

/** What has nothing before its first record, as CSV without a header row where that stands in the first segment. */
const CONVERTED: Readonly<
  Record<SegmentFormat, (utf8: AsyncIterable<Uint8Array>, schema: TableSchema) => AsyncIterable<Uint8Array>>
> = {
  csv: (utf8) => utf8,
  ndjson: (utf8, schema) => ndjsonToCsv(utf8, membersOf(schema, {}), new Set(), false),
};
