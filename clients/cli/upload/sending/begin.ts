import type { PresignedPut, Upload } from '../../../../schemas/contracts/uploads.ts';
import type { HubClient } from '../../../protocol/hub-client.ts';
import { RefusedError } from '../../../protocol/refused.ts';
import { routes } from '../../../protocol/routes.ts';
import type { Digested } from './digest.ts';
import type { FileKind } from '../checking/file-kind.ts';
import type { Journal } from './journal.ts';
import { PartAddresses } from './part-urls.ts';

/** What a person asked to send. */
export interface Sending {
  readonly resourceId: string;
  readonly kind: FileKind;
  readonly fixes: string | undefined;
  readonly digested: Digested;
}

export interface Begun {
  readonly uploadId: string;
  readonly journal: Journal;
  /** Its bytes are still to be sent, wholly or in part. */
  readonly awaiting: boolean;
  /** An earlier run began it. */
  readonly resumed: boolean;
  /** For one PUT. */
  readonly put?: PresignedPut | undefined;
}

type Client = Pick<HubClient, 'call' | 'list'>;

/** The upload that an interrupted run of the same command left with the hub, or a new one. */
export async function begin(client: Client, journal: Journal, sending: Sending): Promise<Begun> {
  const left = await leftBehind(client, journal, sending);
  if (left?.state === 'awaiting' && sending.digested.partBytes === undefined) return announce(client, journal, sending);
  if (left) {
    if (journal.uploadId === undefined) await journal.announced(left.uploadId);
    return { uploadId: left.uploadId, journal, awaiting: left.state === 'awaiting', resumed: true };
  }
  // A key whose upload is gone would give the stored answer of that upload.
  const usable = journal.uploadId === undefined ? journal : await journal.startAnew();
  return announce(client, usable, sending);
}

async function announce(client: Client, journal: Journal, sending: Sending): Promise<Begun> {
  const { resourceId, kind, fixes, digested } = sending;
  const { bytes, sha256, parts, inSegments } = digested;
  const pieces = inSegments ? { segments: parts } : parts.length > 0 ? { parts } : {};
  const body = { resourceId, ...kind, bytes, sha256, ...(fixes && { fixes }), ...pieces };
  const { uploadId, put } = await client.call(routes.announceUpload, { body, idempotencyKey: journal.key });
  if (journal.uploadId === undefined) await journal.announced(uploadId);
  return { uploadId, journal, awaiting: true, resumed: journal.found, put };
}

/** Known from the journal, or, where another machine or a lost cache began it, by the digest that was announced. */
async function leftBehind(client: Client, journal: Journal, sending: Sending): Promise<Upload | undefined> {
  if (journal.uploadId !== undefined) return usable(client, journal.uploadId);
  if (journal.found || sending.digested.partBytes === undefined) return undefined;
  const { resourceId, kind, fixes, digested } = sending;
  for await (const upload of client.list(routes.listUploads, { query: { resourceId, state: 'awaiting' } })) {
    const same = upload.sha256 === digested.sha256 && upload.fixes === fixes && isOfKind(upload, kind);
    if (same && (await hasSameParts(client, upload.uploadId, digested))) return upload;
  }
  return undefined;
}

async function usable(client: Client, uploadId: string): Promise<Upload | undefined> {
  try {
    const upload = await client.call(routes.readUpload, { params: { uploadId } });
    const over = upload.refusal?.code === 'expired' || (upload.state === 'awaiting' && isPast(upload.expiresAt));
    return over ? undefined : upload;
  } catch (refusal) {
    if (refusal instanceof RefusedError && refusal.problem.status === 404) return undefined;
    throw refusal;
  }
}

const isOfKind = (upload: Upload, kind: FileKind): boolean =>
  (['content', 'format', 'sheet', 'encoding', 'name'] as const).every((fact) => upload[fact] === kind[fact]);

const isPast = (instant: string): boolean => Date.parse(instant) <= Date.now();

/** As many parts, and the same first and last: the file was cut alike. */
async function hasSameParts(client: Client, uploadId: string, { parts }: Digested): Promise<boolean> {
  const addresses = new PartAddresses(client, uploadId);
  try {
    for (const number of [1, parts.length]) {
      const { headers } = await addresses.of(number, false);
      if (headers['x-amz-checksum-sha256'] !== parts[number - 1]?.sha256) return false;
    }
    return !(await addresses.exists(parts.length + 1));
  } catch (refusal) {
    if (refusal instanceof RefusedError && refusal.problem.status < 500) return false;
    throw refusal;
  }
}
