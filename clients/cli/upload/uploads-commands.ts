import { headline } from '../../../functions/records/index.ts';
import type { Upload, UploadState } from '../../../schemas/contracts/uploads.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { routes } from '../../protocol/routes.ts';
import { texts } from '../../words/verdict.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure } from '../terminal/failure.ts';
import { hasVerdict } from './verdict/await-verdict.ts';
import type { Typed } from './command-line.ts';
import { downloadUrl, openUrl } from './download.ts';
import { isWorkbookName, mustBeCalled, saveFixWorkbook, saveReport } from './saved-files.ts';
import { showVerdict } from './verdict/show-verdict.ts';
import { uploadsScreen } from './uploads-screen.ts';

export interface ListOptions {
  readonly resource?: string;
  readonly state?: UploadState;
  readonly limit: number;
}

/** `hub uploads`: the newest first, as the hub lists them. */
export async function listUploads(context: Context, { resource, state, limit }: ListOptions): Promise<void> {
  const { client } = await context.connect();
  const items: Upload[] = [];
  const query = { resourceId: resource, state, limit: Math.min(limit, 100) };
  for await (const upload of client.list(routes.listUploads, { query })) {
    if (items.push(upload) === limit) break;
  }
  context.print({ items }, uploadsScreen);
}

export interface ShowOptions {
  readonly report?: string;
  readonly fixFile?: string;
  readonly records: number;
}

/** `hub uploads show`: the verdict once more, with report and fix-file if they are wanted. */
export async function showUpload(
  context: Context,
  typed: Typed,
  uploadId: string,
  options: ShowOptions,
): Promise<void> {
  mustBeCalled(options.report, ['.csv'], context.lang);
  mustBeCalled(options.fixFile, ['.csv', '.xlsx'], context.lang);
  const { client } = await context.connect();
  const upload = await client.call(routes.readUpload, { params: { uploadId } });
  const t = texts(context.lang);
  const { report, fixFile } = options;
  if (report !== undefined) await saveReport(await openUrl(there(upload, 'report').url), report);
  if (fixFile !== undefined) await saveFixFile(context, client, upload, fixFile);
  if (hasVerdict(upload)) return showVerdict(context, typed, client, upload, options);
  context.print(
    upload,
    (waiting) => `${headline(waiting, context.lang)}\n${t.acts.wait}\n  ${typed('uploads', 'show', uploadId)}`,
  );
}

/** As the hub has it, or as a workbook in the reader's language. */
async function saveFixFile(context: Context, client: HubClient, upload: Upload, to: string): Promise<void> {
  const { url } = there(upload, 'fixFile');
  if (!isWorkbookName(to)) return downloadUrl(url, to);
  const { resourceId, resourceVersion: version } = upload;
  const { definition } = await client.call(routes.readResourceVersion, { params: { resourceId, version } });
  await saveFixWorkbook(await openUrl(url), to, { schema: definition.schema, language: context.lang });
}

const NAMES = { report: 'rejection report', fixFile: 'fix-file' } as const;

/** @throws Failure that says why there is none. */
function there(upload: Upload, what: keyof typeof NAMES): { readonly url: string } {
  const from = upload[what];
  if (from) return from;
  const { uploadId, state, content } = upload;
  const done = hasVerdict(upload);
  throw new Failure({
    what: `Upload ${uploadId} has no ${NAMES[what]}.`,
    why: done
      ? what === 'fixFile' && content === 'changes'
        ? 'Its records are edits: mend those that the report names, and send them as changes again.'
        : 'None of its records was rejected one by one, or the hub has deleted it by now.'
      : `It is ${state}: there is no verdict yet.`,
    next: [`hub uploads show ${uploadId} tells the verdict.`],
    code: 'not-there',
    exit: exit.refused,
  });
}
