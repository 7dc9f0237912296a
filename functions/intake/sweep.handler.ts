import type { UploadId } from '../../schemas/contracts/ids.ts';
import type { StoredUpload } from '../../schemas/contracts/uploads.ts';
import { evidenceOf, theHub } from '../kernel/evidence.ts';
import type { Clock, Ids, Log, Metrics } from '../kernel/ports.ts';
import { isStuck } from './domain/claim.ts';
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
  readonly metrics: Metrics;
}

const MOST_A_RUN = 500;

/** Finds what lost events, messages and functions left behind; one upload that fails holds up no other. */
export const sweepHandler = (ports: Ports) => async (): Promise<void> => {
  let late = 0;
  const due = await ports.uploads.dueBy(ports.clock.now(), MOST_A_RUN);
  for (const uploadId of due) {
    try {
      if (await sweepOne(ports, uploadId)) late++;
    } catch (error) {
      ports.log.error('sweep failed', { uploadId, error });
      await postpone(ports, uploadId).catch((fault: unknown) =>
        ports.log.error('not postponed', { uploadId, error: fault }),
      );
    }
  }
  if (late > 0) ports.metrics.count('SweptLate', late);
  ports.log.info('swept', { uploads: due.length, late });
};

/** True where something had been left behind. */
async function sweepOne(ports: Ports, uploadId: UploadId): Promise<boolean> {
  const upload = await ports.uploads.find(uploadId);
  if (!upload) return false;
  const next = sweeping(upload, ports.clock.now());
  if (next === 'seek') return seek(ports, upload);
  if (next === 'leave') return false;
  await ports.queue.send(upload);
  await postpone(ports, uploadId);
  return toldLate(ports, upload);
}

/** Its check did not begin, or not end. Tidying after a finished one is nobody's delay. */
function toldLate({ log, metrics }: Ports, upload: StoredUpload): boolean {
  const { uploadId, resourceId, epoch, state } = upload;
  if (state !== 'received' && state !== 'checking') return false;
  log.info('upload swept', { uploadId, resourceId, epoch, outcome: state });
  if (isStuck(upload)) {
    log.error('upload stuck', { uploadId, resourceId, epoch, code: 'upload-stuck' });
    metrics.count('UploadStuck');
  }
  return true;
}

/** True where its object had come and nobody knew. */
async function seek(ports: Ports, upload: StoredUpload): Promise<boolean> {
  const object = await ports.objects.find(upload.key);
  if (object) await receiveObject(ports, upload, object);
  else if (isOverdue(upload, ports.clock.now())) await expire(ports, upload);
  else await postpone(ports, upload.uploadId);
  return object !== undefined;
}

async function expire(ports: Ports, upload: StoredUpload): Promise<void> {
  const { uploadId, resourceId, resourceVersion } = upload;
  const refusal = expired(upload);
  const evidence = evidenceOf(ports, 'upload-refused', theHub('sweep'), {
    uploadId,
    resourceId,
    resourceVersion,
    refusal: refusal.code,
  });
  const next = refused(upload, refusal, { at: evidence.at });
  if (!(await ports.uploads.replace(next, upload, { evidence }))) return;
  ports.log.info('upload expired', { uploadId, resourceId, outcome: 'refused', code: refusal.code });
  ports.metrics.count('UploadsRefused');
  if (upload.multipart) await ports.objects.abortMultipart(upload.key, upload.multipart.id);
}

/** `lookAgainAt` alone moves: where anything else did, the upload has been taken care of. */
async function postpone({ uploads, clock }: Ports, uploadId: UploadId): Promise<void> {
  const upload = await uploads.find(uploadId);
  const at = upload && lookAgainAt(upload, clock.now());
  if (upload && at !== undefined) await uploads.replace({ ...upload, lookAgainAt: at }, upload);
}
