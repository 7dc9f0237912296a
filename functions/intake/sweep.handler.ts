import type { UploadId } from '../../schemas/contracts/ids.ts';
import type { StoredUpload } from '../../schemas/contracts/uploads.ts';
import { evidenceOf, theHub } from '../kernel/evidence.ts';
import type { Clock, Ids, Log } from '../kernel/ports.ts';
import { expired, refused } from './domain/finish.ts';
import { lookAgainAt } from './domain/look-again.ts';
import { isOverdue, sweeping } from './domain/sweep.ts';
import type { IntakeObjects, IntakeQueue, Uploads } from './ports.ts';
import { receiveObject } from './receive.handler.ts';

interface Ports {
  readonly uploads: Uploads;
  readonly objects: IntakeObjects;
  readonly queue: IntakeQueue;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

const MOST_A_RUN = 500;

/** Finds what lost events, messages and functions left behind; one upload that fails holds up no other. */
export const sweepHandler = (ports: Ports) => async (): Promise<void> => {
  const due = await ports.uploads.dueBy(ports.clock.now(), MOST_A_RUN);
  for (const uploadId of due) {
    try {
      await sweepOne(ports, uploadId);
    } catch (error) {
      ports.log.error('sweep failed', { uploadId, error });
      await postpone(ports, uploadId).catch((fault: unknown) => ports.log.error('not postponed', { uploadId, error: fault }));
    }
  }
  ports.log.info('swept', { uploads: due.length });
};

async function sweepOne(ports: Ports, uploadId: UploadId): Promise<void> {
  const upload = await ports.uploads.find(uploadId);
  if (!upload) return;
  switch (sweeping(upload, ports.clock.now())) {
    case 'seek':
      if (!(await seek(ports, upload))) await postpone(ports, uploadId);
      return;
    case 'enqueue':
      await ports.queue.send(upload);
      return postpone(ports, uploadId);
    case 'leave':
      return;
  }
}

/** True where that settled it for now. */
async function seek(ports: Ports, upload: StoredUpload): Promise<boolean> {
  const object = await ports.objects.find(upload.key);
  if (object) await receiveObject(ports, upload, object);
  else if (isOverdue(upload, ports.clock.now())) await expire(ports, upload);
  else return false;
  return true;
}

async function expire(ports: Ports, upload: StoredUpload): Promise<void> {
  const { uploadId, resourceId, resourceVersion } = upload;
  const refusal = expired(upload);
  const evidence = evidenceOf(ports, 'upload-refused', theHub('sweep'), { uploadId, resourceId, resourceVersion, refusal: refusal.code });
  const next = refused(upload, refusal, { at: evidence.at });
  if (!(await ports.uploads.replace(next, upload, { evidence }))) return;
  ports.log.info('refused', { uploadId, code: refusal.code });
  if (upload.multipart) await ports.objects.abortMultipart(upload.key, upload.multipart.id);
}

/** `lookAgainAt` alone moves: where anything else did, the upload has been taken care of. */
async function postpone({ uploads, clock }: Ports, uploadId: UploadId): Promise<void> {
  const upload = await uploads.find(uploadId);
  const at = upload && lookAgainAt(upload, clock.now());
  if (upload && at !== undefined) await uploads.replace({ ...upload, lookAgainAt: at }, upload);
}
