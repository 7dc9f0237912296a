import type { StoredSegment } from '../../../schemas/contracts/segments.ts';
import type { StoredUpload } from '../../../schemas/contracts/uploads.ts';
import type { Clock } from '../../kernel/ports.ts';
import { received } from '../domain/receive.ts';
import { isIdle, isReady } from '../domain/segment.ts';
import type { IntakeQueue, Segments, Uploads } from '../ports.ts';
import { atATime } from './at-a-time.ts';

interface Ports {
  readonly uploads: Uploads;
  readonly segments: Segments;
  readonly queue: IntakeQueue;
  readonly clock: Clock;
}

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
  await atATime(SENT_AT_A_TIME, idle, ({ number }) => queue.send(upload, number));
}

/** Whether an upload can be put together; if not, whatever can be done for that is set going. */
export async function isReadyOrReminded(ports: Ports, upload: StoredUpload): Promise<boolean> {
  const found = await ports.segments.list(upload.uploadId);
  if (isReady(upload, found)) return true;
  await sendIdle(ports, upload, found);
  return false;
}

/** After the check of a segment: the last one, or one that is refused, has the upload put together. */
export async function sendIfReady(ports: Ports, upload: StoredUpload): Promise<void> {
  if (isReady(upload, await ports.segments.list(upload.uploadId))) await ports.queue.send(upload);
}

/** A refused segment ends it before all have come. */
export async function asReceived({ uploads, clock }: Ports, upload: StoredUpload): Promise<StoredUpload | undefined> {
  if (upload.state !== 'awaiting') return upload;
  const next = received(upload, undefined, clock.now());
  return (await uploads.replace(next, upload)) ? next : undefined;
}
