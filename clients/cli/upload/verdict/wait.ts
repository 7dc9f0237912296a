import type { Upload } from '../../../../schemas/contracts/uploads.ts';
import type { HubClient } from '../../../protocol/hub-client.ts';
import { routes } from '../../../protocol/routes.ts';
import { texts } from '../../../words/verdict.ts';
import type { Context } from '../../terminal/context.ts';
import { awaitVerdict } from './await-verdict.ts';
import type { Typed } from '../command-line.ts';
import type { Patience } from '../sending/persist.ts';

/** Some seconds: after them it is said what an upload waits for. */
const LONG_RECEIVED = 8;

/** Waits for what becomes of an upload, and says meanwhile how far it is. */
export async function waitForVerdict(
  context: Context,
  client: HubClient,
  patience: Patience,
  uploadId: string,
): Promise<Upload> {
  const t = texts(context.lang);
  const progress = context.progress(t.waiting('received'));
  let looks = 0;
  try {
    return await awaitVerdict(client, uploadId, patience, ({ state, content, resourceId }) => {
      progress.retitle(t.waiting(state));
      if (state === 'received' && content === 'changes' && (looks += 1) === LONG_RECEIVED)
        void sayWhatIsHeld(context, client, resourceId);
    });
  } finally {
    progress.end();
  }
}

/** Changes wait for a held upload before them, for days if nobody decides. A remark: whatever fails here is left out. */
async function sayWhatIsHeld(context: Context, client: HubClient, resourceId: string): Promise<void> {
  const query = { resourceId, state: 'held', limit: 1 } as const;
  const [held] = await client.call(routes.listUploads, { query }).then(
    ({ items }) => items,
    () => [],
  );
  if (held) context.say(texts(context.lang).behindHeld(held.uploadId, `hub uploads show ${held.uploadId}`));
}

/** Nobody waits: the upload as it is, and where its verdict is told. */
export async function sentOnly(context: Context, client: HubClient, typed: Typed, uploadId: string): Promise<void> {
  const t = texts(context.lang);
  const current = await client.call(routes.readUpload, { params: { uploadId } });
  context.print(current, () => `${t.sent(uploadId)}\n${t.acts.verdictLater}\n  ${typed('uploads', 'show', uploadId)}`);
}
