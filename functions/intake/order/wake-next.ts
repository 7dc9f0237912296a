import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import type { Intake } from '../ports.ts';
import { seek } from './seek.ts';

type Ports = Pick<Intake, 'uploads' | 'queue'>;

/**
 * After an upload's verdict: has the oldest changes of its resource that wait looked at again. One is enough, as its own
 * verdict wakes the next; one that still has to wait is left alone. Where this is lost the sweeper does it.
 */
export async function wakeNext(
  { uploads, queue }: Ports,
  { resourceId }: Pick<StoredUpload, 'resourceId'>,
): Promise<void> {
  const waiting = await seek({ uploads }, uploads.underWay(resourceId), isWaiting);
  if (waiting) await queue.send(waiting);
}

const isWaiting = ({ content, state }: StoredUpload): boolean => content === 'changes' && state === 'received';
