import type { Readable } from 'node:stream';
import { UPLOADS } from '../../../../functions/records/formats/natures.ts';
import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { Upload } from '../../../../schemas/contracts/uploads.ts';
import type { Words } from '../../../../schemas/words/language.ts';
import type { HubClient } from '../../../protocol/hub-client.ts';
import { routes } from '../../../protocol/routes.ts';
import { whatCleanSays } from '../../clean/look-through.ts';
import type { Context } from '../../terminal/context.ts';
import type { Typed } from '../command-line.ts';
import { openUrl } from '../download.ts';
import { wordsOf } from '../checking/file-kind.ts';
import { actsAfterUpload, withCleaning } from './next-acts.ts';
import { otherEncoding } from '../checking/other-encoding.ts';
import { firstRecords, type RejectedRecord } from './report-head.ts';
import { verdictScreen } from './verdict-screen.ts';
import type { VerdictView } from './verdict-view.ts';

export interface Shown {
  /** As the person named it, where it is at hand. */
  readonly file?: string | undefined;
  /** What was typed of it but its encoding. */
  readonly said?: readonly string[] | undefined;
  /** The command that sends mended records, where they came from no file. */
  readonly resend?: string | undefined;
  /** How many rejected records to show. */
  readonly records: number;
  readonly report?: string | undefined;
  readonly fixFile?: string | undefined;
}

/** The verdict screen of an upload; with `--json` the upload as the hub tells it. */
export async function showVerdict(
  context: Context,
  typed: Typed,
  client: HubClient,
  upload: Upload,
  shown: Shown,
): Promise<void> {
  if (context.json) return context.document(upload);
  context.print(await viewOf(context, typed, client, upload, shown), verdictScreen);
}

async function viewOf(
  context: Context,
  typed: Typed,
  client: HubClient,
  upload: Upload,
  shown: Shown,
): Promise<VerdictView> {
  const { resourceId, resourceVersion: version, encoding, fixes, uploadId } = upload;
  const { definition } = await client.call(routes.readResourceVersion, { params: { resourceId, version } });
  const { file, said = wordsOf({ ...upload, format: 'auto' }), report, fixFile } = shown;
  const judged = { ...upload, tolerance: definition.tolerance };
  const other =
    file !== undefined && upload.state === 'refused' && UPLOADS[upload.format].isText
      ? await otherEncoding(file, encoding)
      : undefined;
  const situation = {
    typed,
    lang: context.lang,
    judged,
    file,
    said,
    encoding,
    otherEncoding: other,
    resend: shown.resend,
    fixes,
    against: ['--resource', resourceId],
    mended: fixes !== undefined,
  };
  const cleaning =
    file === undefined || fixes !== undefined ? [] : await cleaningOf(context, file, upload, definition.schema);
  const files = {
    uploadId,
    hasReport: upload.report !== undefined && report === undefined,
    hasFixFile: upload.fixFile !== undefined,
    savedFixFile: fixFile,
  };
  return {
    judged,
    schema: definition.schema,
    hasColumns: UPLOADS[upload.format].hasColumns,
    records: await reported(upload, shown.records),
    report,
    fixFile,
    cleaning,
    acts: withCleaning(actsAfterUpload(situation, files), cleaning, situation),
  };
}

async function cleaningOf({ stopping }: Context, file: string, upload: Upload, schema: TableSchema): Promise<Words[]> {
  const { content, format, sheet, encoding, bytes } = upload;
  return whatCleanSays({ file, bytes, kind: { content, format, sheet, encoding }, schema, signal: stopping });
}

/** The beginning of the report; the rest of it is not fetched. */
async function reported({ report }: Upload, count: number): Promise<RejectedRecord[]> {
  if (!report || count === 0) return [];
  const body: Readable = await openUrl(report.url);
  try {
    return await firstRecords(body, count);
  } finally {
    body.destroy();
  }
}
