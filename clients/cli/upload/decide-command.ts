import type { Upload } from '../../../schemas/contracts/uploads.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import type { Body } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import type { Typed } from './command-line.ts';
import { PAUSES } from './sending/persist.ts';
import { showVerdict } from './verdict/show-verdict.ts';
import { exitOf } from './verdict/verdict-exit.ts';
import { waitForVerdict, sentOnly } from './verdict/wait.ts';

export interface AcceptOptions {
  readonly reason?: string;
  readonly wait: boolean;
  readonly records: number;
}

/** `hub uploads accept`: so many rows are right; the hub checks the file once more and puts it in force. */
export async function acceptUpload(
  context: Context,
  typed: Typed,
  uploadId: string,
  { reason, wait, records }: AcceptOptions,
): Promise<void> {
  await context.confirm({ en: `Put upload ${uploadId} in force?`, zh: `使上报 ${uploadId} 生效？` });
  const { client } = await context.connect();
  const confirmed = await decide(client, uploadId, { decision: 'accept', reason });
  if (!wait) return sentOnly(context, client, typed, confirmed.uploadId);
  const patience = { pauses: PAUSES, signal: context.stopping };
  const upload = await waitForVerdict(context, client, patience, confirmed.uploadId);
  await showVerdict(context, typed, client, upload, { records });
  context.leaveWith(exitOf(upload));
}

/** `hub uploads refuse`: the file was wrong; what is in force stays. */
export async function refuseUpload(
  context: Context,
  typed: Typed,
  uploadId: string,
  { reason }: { readonly reason: string },
): Promise<void> {
  await context.confirm({ en: `End upload ${uploadId} for good?`, zh: `放弃上报 ${uploadId}？放弃后不可恢复。` });
  const { client } = await context.connect();
  const refused = await decide(client, uploadId, { decision: 'refuse', reason });
  await showVerdict(context, typed, client, refused, { records: 0 });
}

const decide = (client: HubClient, uploadId: string, body: Body<'decideUpload'>): Promise<Upload> =>
  client.call(routes.decideUpload, { params: { uploadId }, body });
