import type { UploadFormat, UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { type Binary, binaryKind, HEAD_BYTES, opensObject } from '../encoding/magic.ts';
import { type FileFormat, UPLOADS } from './natures.ts';

/** Enough of a file to recognise it: blanks may stand before the first object of NDJSON. */
export const MOST_HEAD_BYTES = 64 * 1024;
export const isEnough = (head: Uint8Array): boolean => head.length >= HEAD_BYTES && opensObject(head) !== undefined;

const FORMATS = Object.keys(UPLOADS) as (keyof typeof UPLOADS)[];
const isBegunBy = (format: UploadFormat, kind: Binary): format is FileFormat =>
  (UPLOADS[format].begins as readonly Binary[]).includes(kind);

const unknown = (detail: string): UploadRefusal => ({ code: 'unknown-format', detail });

/** The format of a file by its first bytes, or why it is not what was announced. */
export function recognise(announced: UploadFormat, head: Uint8Array): FileFormat | UploadRefusal {
  const kind = binaryKind(head);
  const found =
    kind === undefined ? undefined : FORMATS.find((format): format is FileFormat => isBegunBy(format, kind));
  if (kind !== undefined && found === undefined)
    return unknown(
      `the file is ${kind}; send CSV or NDJSON text in UTF-8 or GB18030, an XLSX workbook or a Parquet file`,
    );
  if (announced === 'auto') return found ?? (opensObject(head) === true ? 'ndjson' : 'csv');
  if (found === announced || (found === undefined && UPLOADS[announced].isText)) return announced;
  if (kind !== undefined && found !== undefined)
    return unknown(`the file is ${kind}, and was announced as ${announced}; announce it with format ${found} or auto`);
  return unknown(
    `the file begins as no ${announced} file does; announce it with the format that it has, or with format auto`,
  );
}
