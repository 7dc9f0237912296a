import type { Upload } from '../../../schemas/contracts/uploads.ts';
import { count } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import { bold, green, type Look } from '../terminal/look.ts';
import type { Typed } from '../upload/command-line.ts';
import { uploadsScreen } from '../upload/uploads-screen.ts';

export interface Posted {
  readonly resourceId: string;
  readonly records: number;
  readonly uploads: readonly { readonly uploadId: string; readonly records: number }[];
}

/** What was posted, and where its verdict will be told. */
export function postedScreen({ resourceId, records, uploads }: Posted, typed: Typed, look: Look): string {
  const [only] = uploads;
  const many = uploads.length;
  const said = either(
    look,
    `${count(records)} ${records === 1 ? 'record' : 'records'} posted to ${resourceId}, in ${count(many)} ${many === 1 ? 'upload' : 'uploads'}.`,
    `已向 ${resourceId} 提交 ${count(records)} 条记录，共 ${count(many)} 次上报。`,
  );
  const command =
    only && many === 1
      ? typed('uploads', 'show', only.uploadId)
      : typed('uploads', '--resource', resourceId, '--limit', many);
  return `${green(said, look)}\n${bold(word('next', look), look)}  ${command}`;
}

/** Several uploads, a line each, and what to look at. */
export function verdictsScreen({ uploads }: { readonly uploads: readonly Upload[] }, typed: Typed, look: Look): string {
  const toShow = uploads.find(({ state, rows }) => state !== 'accepted' || (rows?.rejected ?? 0) > 0);
  const next = toShow ? `\n\n${bold(word('next', look), look)}  ${typed('uploads', 'show', toShow.uploadId)}` : '';
  return `${uploadsScreen({ items: uploads }, look)}${next}`;
}
