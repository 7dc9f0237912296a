import type { Upload } from '../../../schemas/contracts/uploads.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import type { Context } from '../context.ts';
import { awaitVerdict } from './await-verdict.ts';
import type { Typed } from './command-line.ts';
import type { Patience } from './persist.ts';
import { texts } from './texts.ts';

/** Waits for what becomes of an upload, and says meanwhile how far it is. */
export async function waitForVerdict(
  context: Context,
  client: HubClient,
  patience: Patience,
  uploadId: string,
): Promise<Upload> {
  const t = texts(context.lang);
  const progress = context.progress(t.waiting('received'));
  try {
    return await awaitVerdict(client, uploadId, patience, (state) => progress.retitle(t.waiting(state)));
  } finally {
    progress.end();
  }
}

/** Nobody waits: the upload as it is, and where its verdict is told. */
export async function sentOnly(context: Context, client: HubClient, typed: Typed, uploadId: string): Promise<void> {
  const t = texts(context.lang);
  const current = await client.get<Upload>(`/v1/uploads/${uploadId}`);
  context.print(current, () => `${t.sent(uploadId)}\n${t.acts.verdictLater}\n  ${typed('uploads', 'show', uploadId)}`);
}
