import type { FollowEvent } from '../../schemas/contracts/events.ts';
import type { StoredUpload } from '../../schemas/stored/uploads.ts';
import { isProfiledLater } from './domain/weight.ts';
import { wakeNext } from './order/wake-next.ts';
import type { Intake } from './ports.ts';
import { sendIfReady } from './segments/ready.ts';

type Ports = Pick<Intake, 'uploads' | 'segments' | 'queue' | 'log'>;

/**
 * Begins what comes after a check, so that no check sends to the queue that it is invoked from, which Lambda takes for a
 * loop and ends after about 16 times; a stream carries no trace of who wrote
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html). What is sent too often, or too late, finds
 * nothing left to do.
 */
export const followHandler =
  (ports: Ports) =>
  async (event: FollowEvent): Promise<void> => {
    const upload = await ports.uploads.find(event.uploadId);
    if (upload) return begin(ports, event, upload);
    ports.log.warn('upload is gone', { uploadId: event.uploadId, code: event.type });
  };

async function begin(ports: Ports, event: FollowEvent, upload: StoredUpload): Promise<void> {
  switch (event.type) {
    case 'upload-accepted':
      await wakeNext(ports, upload);
      return profile(ports, upload);
    case 'upload-refused':
      return wakeNext(ports, upload);
    case 'upload-set-back':
      return ports.queue.send(upload);
    case 'segment-set-back':
      return ports.queue.send(upload, event.segment);
    case 'segment-checked':
      return sendIfReady(ports, upload);
  }
}

/** Of a large dataset the sweeper has it made; attachments make none. */
const profile = async ({ queue }: Ports, upload: StoredUpload): Promise<void> =>
  isProfiledLater(upload) || upload.content === 'attachments' ? undefined : queue.send(upload);
