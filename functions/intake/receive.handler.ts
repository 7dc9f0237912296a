import type { WholeUpload } from '../../schemas/stored/uploads.ts';
import { Fault } from '../kernel/fault.ts';
import { segmentKey, segmentOf, uploadIdOf } from './domain/places.ts';
import { receive } from './domain/receive.ts';
import type { Intake, ObjectVersion } from './ports.ts';
import { receiveSegment } from './segments/receive-segment.ts';

/** The part of S3's event that matters here: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export interface ObjectCreated {
  readonly detail: {
    readonly object: {
      readonly key: string;
      /** Bytes. */
      readonly size: number;
      /** Absent where the bucket keeps no versions. */
      readonly 'version-id'?: string;
    };
  };
}

type Ports = Pick<Intake, 'uploads' | 'segments' | 'queue' | 'clock' | 'log'>;

/** S3 tells of an object at least once and in no order. */
export const receiveHandler =
  (ports: Ports) =>
  async ({ detail }: ObjectCreated): Promise<void> => {
    const { key, size, 'version-id': versionId } = detail.object;
    if (versionId === undefined) throw new Fault('the intake bucket keeps no versions');
    const segment = segmentOf(key);
    const uploadId = segment?.uploadId ?? uploadIdOf(key);
    const upload = uploadId && (await ports.uploads.find(uploadId));
    if (segment && upload && upload.segments !== undefined && key === segmentKey(upload, segment.number))
      return receiveSegment(ports, upload, segment.number, { versionId, bytes: size });
    if (!upload || upload.key !== key || upload.segments !== undefined)
      return ports.log.warn('object of no upload', { key, versionId });
    await receiveObject(ports, upload, { versionId, bytes: size });
  };

/** Marks the upload received and sends it to be checked; the sweeper, which finds a lost event's object, does the same. */
export async function receiveObject(
  ports: Omit<Ports, 'segments'>,
  upload: WholeUpload,
  object: ObjectVersion,
): Promise<void> {
  const { uploadId, resourceId } = upload;
  const reception = receive(upload, object, ports.clock.now());
  if (reception.kind === 'ignore')
    return ports.log.info('object ignored', { uploadId, resourceId, code: reception.why });
  if (reception.kind === 'mark' && !(await ports.uploads.replace(reception.upload, upload))) {
    // Somebody else marked it in between, perhaps without sending it: look once more. It never becomes `awaiting` again.
    const current = await ports.uploads.find(uploadId);
    return current?.segments === undefined && current ? receiveObject(ports, current, object) : undefined;
  }
  await ports.queue.send(upload);
  ports.log.info('received', { uploadId, resourceId, bytes: object.bytes });
}
