import type { StoredSegment } from '../../../schemas/stored/segments.ts';
import type { SegmentedUpload, StoredUpload } from '../../../schemas/stored/uploads.ts';
import { each, raise } from '../../kernel/each.ts';
import type { Pending } from '../domain/ended.ts';
import { allReceived } from '../domain/receive.ts';
import { isIdle, isReady } from '../domain/segment.ts';
import type { Intake } from '../ports.ts';

type Ports = Pick<Intake, 'uploads' | 'segments' | 'queue' | 'clock'>;

const SENT_AT_A_TIME = 32;

/** Has segments checked that nobody checks and that can be. */
export async function sendIdle(
  { segments, queue, clock }: Pick<Ports, 'segments' | 'queue' | 'clock'>,
  upload: StoredUpload,
  among: readonly StoredSegment[],
): Promise<void> {
  const isFirstThere =
    among.some(({ number }) => number === 1) || (await segments.find(upload.uploadId, 1)) !== undefined;
  const idle = among.filter((segment) => isIdle(segment, upload, isFirstThere, clock.now()));
  raise(`segments of ${upload.uploadId}`, await each(idle, SENT_AT_A_TIME, ({ number }) => queue.send(upload, number)));
}

export const mayBePutTogether = async ({ segments }: Pick<Ports, 'segments'>, upload: StoredUpload): Promise<boolean> =>
  isReady(upload, await segments.list(upload.uploadId));

/** After the check of a segment: the last one, or one that is refused, has the upload put together. */
export async function sendIfReady(
  { segments, queue }: Pick<Ports, 'segments' | 'queue'>,
  upload: StoredUpload,
): Promise<void> {
  if (await mayBePutTogether({ segments }, upload)) await queue.send(upload);
}

/** Whatever can be done for an upload in segments that has no verdict is set going again. */
export async function sendOn(ports: Pick<Ports, 'segments' | 'queue' | 'clock'>, upload: StoredUpload): Promise<void> {
  const found = await ports.segments.list(upload.uploadId);
  await (isReady(upload, found) ? ports.queue.send(upload) : sendIdle(ports, upload, found));
}

/** A refused segment ends it before all have come. */
export async function asReceived(
  { uploads, clock }: Pick<Ports, 'uploads' | 'clock'>,
  upload: Pending & SegmentedUpload,
): Promise<StoredUpload | undefined> {
  if (upload.state !== 'awaiting') return upload;
  const next = allReceived(upload, clock.now());
  return (await uploads.replace(next, upload)) ? next : undefined;
}
