import type { UploadFormat, UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { binaryKind, HEAD_BYTES, opensObject } from '../encoding/magic.ts';

/** The formats that a file can be of. */
export type FileFormat = Exclude<UploadFormat, 'auto'>;

/** Enough of a file to recognise it: blanks may stand before the first object of NDJSON. */
export const MOST_HEAD_BYTES = 64 * 1024;
export const isEnough = (head: Uint8Array): boolean => head.length >= HEAD_BYTES && opensObject(head) !== undefined;

const BINARY_FORMATS: Readonly<Record<string, FileFormat>> = {
  'a ZIP archive or an XLSX workbook': 'xlsx',
  'a Parquet file': 'parquet',
  // Its reader says what is the matter.
  'an encrypted Parquet file': 'parquet',
};

const unknown = (detail: string): UploadRefusal => ({ code: 'unknown-format', detail });

/** The format of a file by its first bytes, or why it is not what was announced. */
export function recognise(announced: UploadFormat, head: Uint8Array): FileFormat | UploadRefusal {
  const kind = binaryKind(head);
  const found = kind === undefined ? undefined : BINARY_FORMATS[kind];
  if (kind !== undefined && found === undefined)
    return unknown(
      `the file is ${kind}; send CSV or NDJSON text in UTF-8 or GB18030, an XLSX workbook or a Parquet file`,
    );
  if (announced === 'auto') return found ?? (opensObject(head) === true ? 'ndjson' : 'csv');
  if (found === announced || (found === undefined && isText(announced))) return announced;
  if (kind !== undefined && found !== undefined)
    return unknown(`the file is ${kind}, and was announced as ${announced}; announce it with format ${found} or auto`);
  return unknown(
    `the file begins as no ${announced} file does; announce it with the format that it has, or with format auto`,
  );
}

const isText = (format: FileFormat): boolean => format === 'csv' || format === 'ndjson';
