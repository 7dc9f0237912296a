import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import type { Log } from '../../kernel/ports.ts';
import type { IntakeQueue, Uploads } from '../ports.ts';
import { seek } from './seek.ts';

interface Ports {
  readonly uploads: Uploads;
  readonly queue: IntakeQueue;
  readonly log: Log;
}

/**
 * After an upload's verdict, which the table's stream tells: has the oldest changes of its resource that wait looked at again. One is enough, as its own
 * verdict wakes the next; one that still has to wait is left alone. Where this is lost the sweeper does it.
 */
export async function wakeNext(
  { uploads, queue, log }: Ports,
  { uploadId, resourceId }: Pick<StoredUpload, 'uploadId' | 'resourceId'>,
): Promise<void> {
  try {
    const waiting = await seek({ uploads }, uploads.underWay(resourceId), isWaiting);
    if (waiting) await queue.send(waiting);
  } catch (error) {
    log.warn('changes that wait were not woken', { uploadId, resourceId, error });
  }
}

const isWaiting = ({ content, state }: StoredUpload): boolean => content === 'changes' && state === 'received';
