/** Beginnings that no text has, by what has them. */
const MAGIC: readonly (readonly [kind: Binary, bytes: readonly number[]])[] = [
  ['a ZIP archive or an XLSX workbook', [0x50, 0x4b, 0x03, 0x04]],
  ['an empty ZIP archive', [0x50, 0x4b, 0x05, 0x06]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a Zstandard archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['an old Office document (XLS), or a workbook with a password', [0xd0, 0xcf, 0x11, 0xe0]],
  ['UTF-16 text', [0xff, 0xfe]],
  ['UTF-16 text', [0xfe, 0xff]],
];

export type Binary =
  | 'a ZIP archive or an XLSX workbook'
  | 'an empty ZIP archive'
  | 'a gzip archive'
  | 'a Zstandard archive'
  | 'an old Office document (XLS), or a workbook with a password'
  | 'a Parquet file'
  | 'an encrypted Parquet file'
  | 'UTF-16 text';

const PARQUET = [0x50, 0x41, 0x52, 0x31];
/** With an encrypted footer; its first module begins with its length in four bytes (Parquet, "Encryption"). */
const ENCRYPTED_PARQUET = [0x50, 0x41, 0x52, 0x45];
const UTF8_BOM = [0xef, 0xbb, 0xbf];
/** The mark of GB18030. */
const GB18030_BOM = [0x84, 0x31, 0x95, 0x33];
export const HEAD_BYTES = 8;

const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);

/** What a file is instead of text, judged by its first bytes; undefined if nothing speaks against text. */
export function binaryKind(head: Uint8Array): Binary | undefined {
  const found = MAGIC.find(([, bytes]) => startsWith(head, bytes));
  if (found) return found[0];
  if (startsWith(head, ENCRYPTED_PARQUET) && head.subarray(4, HEAD_BYTES).includes(0))
    return 'an encrypted Parquet file';
  // A column may be called PAR1; Parquet goes on with binary.
  const next = head[PARQUET.length];
  return startsWith(head, PARQUET) &&
    next !== undefined &&
    (next < 0x09 || next >= 0x80 || (next > 0x0d && next < 0x20))
    ? 'a Parquet file'
    : undefined;
}

export const hasUtf8Bom = (head: Uint8Array): boolean => startsWith(head, UTF8_BOM);

const OPEN_BRACE = 0x7b;
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d, 0x0a]);

/** Whether the first character of a text opens a JSON object; undefined while only blanks are known. */
export function opensObject(head: Uint8Array): boolean | undefined {
  const mark = [UTF8_BOM, GB18030_BOM].find((bom) => startsWith(head, bom))?.length ?? 0;
  const first = head.subarray(mark).find((byte) => !SPACES.has(byte));
  return first === undefined ? undefined : first === OPEN_BRACE;
}
