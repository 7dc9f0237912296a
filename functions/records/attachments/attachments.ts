import { createHash } from 'node:crypto';
import { firstUnfit } from '../../../schemas/contracts/characters.ts';
import {
  AttachmentRules,
  type AttachmentType,
  type Field,
  type TableSchema,
} from '../../../schemas/contracts/definition.ts';
import { type Encoding, MAX_ATTACHMENT_NAME } from '../../../schemas/contracts/uploads.ts';
import { RefusedFile } from '../formats/refused-file.ts';
import type { ScratchFile } from '../scratch/scratch-file.ts';
import { filesOf, type ArchivedFile } from './archive.ts';
import { cleanPicture, pictureType } from './picture.ts';
import { UnfitPicture } from './unfit-picture.ts';

/** Why an attachment is rejected. */
export type AttachmentRule =
  | 'attachment-name'
  | 'attachment-type'
  | 'attachment-size'
  | 'attachment-picture'
  | 'unique';

/** One of an upload, by its place among the archive's files, from 1. */
export type ReadAttachment = { readonly place: number; readonly name: string } & (
  | { readonly rule: AttachmentRule }
  /** None: an empty file, by which the provider takes away what was there. */
  | { readonly picture: Picture | undefined }
);

/** What is stored of an attachment. */
export interface Picture {
  readonly type: AttachmentType;
  readonly content: Buffer;
  /** Base64. */
  readonly sha256: string;
}

export interface AttachmentOptions {
  /** The field that names them. */
  readonly field: Pick<Field, 'attachment'>;
  /** Of names in an archive that does not say that they are UTF-8. */
  readonly encoding: Encoding;
  /** Of the one attachment that the file is; left out, it is an archive. */
  readonly name?: string | undefined;
}

/** The one field that names attachments, where a resource has any. */
export const attachmentField = ({ fields }: TableSchema): Field | undefined =>
  fields.find(({ reference }) => reference !== undefined);

/** Names are equal that look so, however a program composed their letters. */
export const attachmentName = (name: string): string => name.normalize('NFC');

/**
 * The attachments of an upload, one in memory at a time: cleaned ones, and what the others break.
 * @throws RefusedFile if the file as a whole cannot be taken
 */
export async function* readAttachments(
  file: ScratchFile,
  { field, encoding, name }: AttachmentOptions,
): AsyncGenerator<ReadAttachment> {
  const rules = field.attachment ?? AttachmentRules.parse({});
  const files = isArchive(file) ? archived(name, await filesOf(file, encoding)) : [single(file, name)];
  if (files.length === 0) throw new RefusedFile('empty', 'the archive has no file in it; send at least one');
  const names = new Set<string>();
  for (const [i, each] of files.entries()) {
    const place = i + 1;
    const named = attachmentName(each.name ?? '');
    const rule = nameRule(named, names) ?? (each.bytes > rules.maxBytes ? 'attachment-size' : undefined);
    names.add(named);
    yield { place, name: named, ...(rule === undefined ? taken(await each.read(), rules) : { rule }) };
  }
}

function taken(
  bytes: Buffer,
  { types }: AttachmentRules,
): { readonly picture: Picture | undefined } | { readonly rule: AttachmentRule } {
  if (bytes.length === 0) return { picture: undefined };
  const type = pictureType(bytes);
  if (type === undefined || !types.includes(type)) return { rule: 'attachment-type' };
  try {
    const content = cleanPicture(type, bytes);
    return { picture: { type, content, sha256: createHash('sha256').update(content).digest('base64') } };
  } catch (error) {
    if (error instanceof UnfitPicture) return { rule: 'attachment-picture' };
    throw error;
  }
}

/** A name is no path, and nothing that acts on whoever shows it. */
function nameRule(name: string, before: ReadonlySet<string>): AttachmentRule | undefined {
  const isUsable =
    name !== '' &&
    name.length <= MAX_ATTACHMENT_NAME &&
    name.isWellFormed() &&
    !/[/\\]/.test(name) &&
    !/^\.+$/.test(name) &&
    firstUnfit(name, 'line') === undefined;
  if (!isUsable) return 'attachment-name';
  return before.has(name) ? 'unique' : undefined;
}

function isArchive(file: ScratchFile): boolean {
  const head = Buffer.alloc(4);
  file.read(0, head);
  return head.toString('latin1') === 'PK\u0003\u0004' || head.toString('latin1') === 'PK\u0005\u0006';
}

function archived(name: string | undefined, files: readonly ArchivedFile[]): readonly ArchivedFile[] {
  if (name === undefined) return files;
  throw new RefusedFile(
    'unknown-format',
    'the file is a ZIP archive and was announced as one attachment; leave the name out',
  );
}

function single(file: ScratchFile, name: string | undefined): ArchivedFile {
  if (name === undefined)
    throw new RefusedFile('unknown-format', 'the file is no ZIP archive; send one, or give the name of the attachment');
  const read = async (): Promise<Buffer> => {
    const bytes = Buffer.alloc(file.size);
    file.read(0, bytes);
    return bytes;
  };
  return { name, bytes: file.size, read };
}
