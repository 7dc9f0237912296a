import type { UploadId } from '../../../schemas/contracts/ids.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Intake } from '../ports.ts';
import { seek } from './seek.ts';

type Ports = Pick<Intake, 'uploads' | 'resources' | 'objects'>;

/**
 * The first upload that one has to wait for. Only changes wait: for whatever was announced before them, has arrived and
 * has no verdict, since they are meant on top of it; one that is held waits for its provider, and so do they. What is
 * older than the dataset in force can no longer become one.
 */
export async function waitsFor(ports: Ports, upload: StoredUpload): Promise<UploadId | undefined> {
  if (upload.content !== 'changes') return undefined;
  const { resourceId, sequence } = upload;
  const head = await ports.resources.head(resourceId);
  if (!head) throw new Fault(`resource ${resourceId} is gone`);
  const before = ports.uploads.underWay(resourceId, { after: head.committedSequence, before: sequence });
  return (await seek(ports, before, (earlier) => hasArrived(ports, earlier)))?.uploadId;
}

/** Attachments make no dataset for them to be on top of. Of others the object itself is asked for: the word of its arrival may come later than that of a later one, or be lost. */
async function hasArrived({ objects }: Ports, { state, key, content }: StoredUpload): Promise<boolean> {
  if (content === 'attachments') return false;
  if (state === 'awaiting') return (await objects.find(key)) !== undefined;
  return state === 'received' || state === 'checking' || state === 'held';
}
