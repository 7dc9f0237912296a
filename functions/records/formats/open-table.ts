import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Encoding, UploadFormat, UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { Lines } from '../csv/markers.ts';
import { gb18030ToUtf8 } from '../encoding/gb18030.ts';
import { hasUtf8Bom } from '../encoding/magic.ts';
import { formsByName } from './forms-by-name.ts';
import { headed } from './head.ts';
import { type FileFormat, UPLOADS } from './natures.ts';
import { ignoredMembers, type MemberOptions, membersOf, sampledMembers } from './ndjson/members.ts';
import { ndjsonToCsv } from './ndjson/ndjson.ts';
import { parquetToCsv } from './parquet/parquet.ts';
import { isEnough, MOST_HEAD_BYTES, recognise } from './recognise.ts';
import { spooled } from './spooled.ts';
import { withoutMarkers } from './without-markers.ts';
import { xlsxToCsv } from './xlsx/xlsx.ts';

/** `changes`, `fixes` and `base` decide what members NDJSON may have. */
export interface TableOptions extends MemberOptions {
  readonly format: UploadFormat;
  /** Of text. */
  readonly encoding: Encoding;
  /** Of a workbook: the sheet with the records; the first if left out. */
  readonly sheet?: string | undefined;
  /** Whose types say how values stand in CSV; each stands in its own form if left out. */
  readonly schema?: TableSchema | undefined;
}

/** A file as CSV. */
export interface Table {
  readonly format: FileFormat;
  /**
   * UTF-8 with a header row; records of other formats that are none in CSV are markers (`check/markers.ts`). Reading it
   * may throw `RefusedFile`.
   */
  readonly csv: AsyncIterable<Uint8Array>;
  readonly lines: Lines;
  /** The line of the first record in the file's own count; undefined where that follows from the header. */
  readonly firstLine: number | undefined;
}

/**
 * Any format as CSV, so that one engine checks them all. A workbook or a Parquet file is first put on the local disk.
 * Without a schema there are no markers, only records, and NDJSON has the members of its first 1,000 objects.
 */
export async function openTable(
  source: AsyncIterable<Uint8Array>,
  options: TableOptions,
): Promise<Table | UploadRefusal> {
  const opened = await headed(source, isEnough, MOST_HEAD_BYTES);
  const { input } = opened;
  const format = recognised(opened.head, options);
  if (typeof format !== 'string') {
    await opened.close();
    return format;
  }
  const utf8 = UPLOADS[format].isText && options.encoding === 'gb18030' ? gb18030ToUtf8(input) : input;
  const { convert, ...counted } = READERS[format];
  if (!convert) return { format, csv: utf8, ...counted };
  const csv = await convert(utf8, options);
  return { format, csv: options.schema ? csv : withoutMarkers(csv), ...counted };
}

function recognised(head: Uint8Array, { format, encoding }: TableOptions): FileFormat | UploadRefusal {
  const found = recognise(format, head);
  if (typeof found !== 'string' || !UPLOADS[found].isText) return found;
  if (encoding !== 'gb18030' || !hasUtf8Bom(head)) return found;
  const detail = 'the file begins with the mark of UTF-8 but was announced as gb18030; announce it as utf-8';
  return { code: 'encoding', detail };
}

type Convert = (
  input: AsyncIterable<Uint8Array>,
  options: TableOptions,
) => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;

interface Reader extends Pick<Table, 'lines' | 'firstLine'> {
  /** Undefined where it is CSV already. */
  readonly convert: Convert | undefined;
}

export const READERS: Readonly<Record<FileFormat, Reader>> = {
  csv: { lines: 'physical', firstLine: undefined, convert: undefined },
  ndjson: {
    lines: 'records',
    firstLine: 1,
    convert: async (input, options) => {
      const { schema } = options;
      if (schema) return ndjsonToCsv(input, membersOf(schema, options), ignoredMembers(schema, options));
      const sampled = await sampledMembers(input);
      return ndjsonToCsv(sampled.input, sampled.members, new Set());
    },
  },
  xlsx: {
    lines: 'records',
    firstLine: 2,
    convert: (input, { sheet, schema }) =>
      spooled(input, (file) => xlsxToCsv(file, { sheet, forms: formsByName(schema) })),
  },
  parquet: {
    lines: 'records',
    firstLine: 2,
    convert: (input, { schema }) => spooled(input, (file) => parquetToCsv(file, schema)),
  },
};
