import type { SegmentedUpload } from '../../../schemas/stored/uploads.ts';
import { each, raise } from '../../kernel/each.ts';
import { isEnded } from '../domain/ended.ts';
import { segmentKey } from '../domain/places.ts';
import { allReceived } from '../domain/receive.ts';
import { arrived } from '../domain/segment.ts';
import type { Intake, IntakeObjects, ObjectVersion } from '../ports.ts';
import { sendIdle } from './ready.ts';

export type ReceivePorts = Pick<Intake, 'uploads' | 'segments' | 'queue' | 'clock' | 'log'>;

/** Keeps that a segment has come, and has it checked; told again, or of another version on top, nothing changes but that. */
export async function receiveSegment(
  ports: ReceivePorts,
  upload: SegmentedUpload,
  number: number,
  object: ObjectVersion,
): Promise<void> {
  const { uploadId, resourceId, segments } = upload;
  if (number > segments || isEnded(upload))
    return ports.log.info('object ignored', { uploadId, resourceId, segment: number });
  const at = ports.clock.now();
  if (await ports.segments.put(arrived(uploadId, number, object, at)))
    ports.log.info('segment received', { uploadId, resourceId, segment: number, bytes: object.bytes });
  const found = await ports.segments.list(uploadId);
  // Those behind the first have waited for its header.
  await sendIdle(ports, upload, number === 1 ? found : found.filter((segment) => segment.number === number));
  if (found.length === segments) await markReceived(ports, upload);
}

/** All of its segments have come. */
async function markReceived(
  { uploads, clock }: Pick<ReceivePorts, 'uploads' | 'clock'>,
  upload: SegmentedUpload,
): Promise<boolean> {
  return upload.state === 'awaiting' && uploads.replace(allReceived(upload, clock.now()), upload);
}

const LOOKED_FOR_AT_A_TIME = 32;

/** Looks for segments of whose arrival nobody has told. Answers those that have not come. */
export async function seekSegments(
  ports: ReceivePorts & { readonly objects: Pick<IntakeObjects, 'find'> },
  upload: SegmentedUpload,
): Promise<{ readonly found: number; readonly missing: readonly number[] }> {
  const known = new Set((await ports.segments.list(upload.uploadId)).map(({ number }) => number));
  const unknown = Array.from({ length: upload.segments }, (_, index) => index + 1).filter((n) => !known.has(n));
  const missing: number[] = [];
  const faults = await each(unknown, LOOKED_FOR_AT_A_TIME, async (number) => {
    const object = await ports.objects.find(segmentKey(upload, number));
    if (object) await receiveSegment(ports, upload, number, object);
    else missing.push(number);
  });
  raise(`looking for segments of ${upload.uploadId}`, faults);
  if (unknown.length === 0) await markReceived(ports, upload);
  return { found: unknown.length - missing.length, missing: missing.toSorted((a, b) => a - b) };
}
