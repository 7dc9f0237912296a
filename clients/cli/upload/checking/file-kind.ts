import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { UPLOADS } from '../../../../functions/records/formats/natures.ts';
import { recognise } from '../../../../functions/records/formats/recognise.ts';
import type { Encoding, UploadContent, UploadFormat } from '../../../../schemas/contracts/uploads.ts';
import { wrongUsage } from '../../terminal/failure.ts';

/** What a file is announced as, beside its length and digest. */
export interface FileKind {
  readonly content: UploadContent;
  readonly format: UploadFormat;
  readonly sheet?: string | undefined;
  readonly encoding: Encoding;
  /** Of the one attachment that the file is. */
  readonly name?: string | undefined;
}

/** As typed: `auto` stands for whatever the file is. */
export interface FileOptions extends FileKind {
  /** The file holds mended records. */
  readonly mended: boolean;
}

/** What a file is, found out here, so that the hub is told and need not guess. */
export async function kindOf(file: string, { mended, ...typed }: FileOptions): Promise<FileKind> {
  if (typed.content === 'attachments') return attachmentsOf(typed, mended);
  if (typed.name !== undefined)
    throw wrongUsage('Only an attachment has a name.', '--name goes with --content attachments.');
  const format = typed.format === 'auto' ? await formatOf(file) : typed.format;
  if (typed.sheet !== undefined && !UPLOADS[format].hasSheets)
    throw wrongUsage(`${file} is ${format}, which has no sheets.`, '--sheet goes with workbooks (xlsx).');
  if (mended && typed.content === 'changes')
    throw wrongUsage('Mended records are no changes.', 'Mended edits are sent again with --content changes alone.');
  if (mended && format !== 'csv' && format !== 'xlsx')
    throw wrongUsage(
      `A fix-file is CSV or XLSX, and ${file} is ${format}.`,
      'Save it as CSV (UTF-8) or XLSX, and send that.',
    );
  return { ...typed, format };
}

/** The hub finds out by the bytes what they are. */
function attachmentsOf({ format, sheet, ...typed }: FileKind, mended: boolean): FileKind {
  if (format !== 'auto' || sheet !== undefined || mended)
    throw wrongUsage(
      'Attachments are no records.',
      'With --content attachments send a ZIP archive of pictures, or one picture with its --name.',
    );
  return { ...typed, format };
}

/** The words that say of a file what was typed of it, for a command that is told next. */
export const wordsOf = ({ content, format, sheet, name }: FileKind): string[] => [
  ...(content === 'snapshot' ? [] : ['--content', content]),
  ...(name === undefined ? [] : ['--name', name]),
  ...(format === 'auto' ? [] : ['--format', format]),
  ...(sheet === undefined ? [] : ['--sheet', sheet]),
];

const HEAD_BYTES = 64 * 1024;
const JSON_LINES: ReadonlySet<string> = new Set(['.ndjson', '.jsonl']);

/** By the bytes; among texts a name such as `.ndjson` decides first, for an empty file, too. */
async function formatOf(file: string): Promise<UploadFormat> {
  const found = recognise('auto', await headOf(file));
  // What is none of the formats is refused by name, here as there.
  if (typeof found !== 'string') return 'auto';
  return found === 'csv' && JSON_LINES.has(extname(file).toLowerCase()) ? 'ndjson' : found;
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
