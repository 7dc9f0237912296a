import type { UploadId } from '../../schemas/contracts/ids.ts';
import type { Quality } from '../../schemas/contracts/quality.ts';
import type { SegmentedUpload, StoredUpload, UploadIn } from '../../schemas/stored/uploads.ts';
import { atMost, each, tell } from '../kernel/each.ts';
import { evidenceOf, theHub } from '../kernel/evidence.ts';
import { after, isPast } from '../kernel/time.ts';
import { isStuck } from './domain/claim.ts';
import { givenUp } from './domain/decide.ts';
import type { Pending } from './domain/ended.ts';
import { refused } from './domain/finish.ts';
import { lookAgainAt } from './domain/look-again.ts';
import { expired, patienceEnds, waitedInVain } from './domain/refusals.ts';
import { isOverdue, sweeping } from './domain/sweep.ts';
import { waitsFor } from './order/waits-for.ts';
import type { AttachmentMarks, Intake, UnnamedQueue } from './ports.ts';
import { receiveObject } from './receive.handler.ts';
import { sendOn } from './segments/ready.ts';
import { seekSegments } from './segments/receive-segment.ts';

type Ports = Omit<Intake, 'qualities' | 'checked' | 'attachments' | 'attachmentMacs' | 'timer'>;

interface UnnamedLooks {
  readonly attachmentMarks: AttachmentMarks;
  readonly queue: UnnamedQueue;
}

const MOST_A_RUN = 500;

/** Finds what lost events, messages and functions left behind; one upload that fails holds up no other. */
export const sweepHandler = (ports: Ports & UnnamedLooks) => async (): Promise<void> => {
  let late = 0;
  const due = await ports.uploads.dueBy(ports.clock.now(), MOST_A_RUN);
  const sweepNext = async (uploadId: UploadId) => {
    if (await sweepOne(ports, uploadId)) late++;
  };
  await each(due, 1, sweepNext, async (uploadId, error) => {
    ports.log.error('sweep failed', { uploadId, error });
    await postpone(ports, uploadId).catch((fault: unknown) =>
      ports.log.error('not postponed', { uploadId, error: fault }),
    );
  });
  if (late > 0) ports.metrics.count('SweptLate', late);
  ports.log.info('swept', { uploads: due.length, late });
  await sweepAttachments(ports);
};

const RESOURCES_A_RUN = 100;
/** Longer than a look takes. */
const LOOK_PAUSE = { minutes: 30 };

/** First the mark, then the work; the look says itself when the next one is due. */
async function sweepAttachments({
  attachmentMarks,
  resources,
  queue,
  clock,
  log,
}: Ports & UnnamedLooks): Promise<void> {
  const now = clock.now();
  const due = atMost(RESOURCES_A_RUN, attachmentMarks.due(now));
  const faults = await each(due, 1, async (resourceId) => {
    await attachmentMarks.postpone(resourceId, after(now, LOOK_PAUSE));
    const head = await resources.head(resourceId);
    if (head) await queue.sendUnnamed(head);
  });
  tell(log, 'sweep failed', faults);
}

/** True where something had been left behind. */
async function sweepOne(ports: Ports, uploadId: UploadId): Promise<boolean> {
  const found = await ports.uploads.find(uploadId);
  if (!found) return false;
  const next = sweeping(found, ports.clock.now());
  if (next.kind === 'seek') return seek(ports, next.upload);
  if (next.kind === 'give-up') return giveUp(ports, next.upload);
  if (next.kind === 'leave') return false;
  const { upload } = next;
  if (isUnchecked(upload) && (await waitsFor(ports, upload)) !== undefined) return leaveWaiting(ports, upload);
  await (upload.segments !== undefined && isUnchecked(upload) ? sendOn(ports, upload) : ports.queue.send(upload));
  await postpone(ports, uploadId);
  return toldLate(ports, upload);
}

type Unchecked = UploadIn<'received' | 'checking'>;

const isUnchecked = (upload: StoredUpload): upload is Unchecked =>
  upload.state === 'received' || upload.state === 'checking';

/** Its check did not begin, or not end. What is done after a verdict is nobody's delay, and neither is to wait in order. */
function toldLate({ log, metrics }: Ports, upload: StoredUpload): boolean {
  const { uploadId, resourceId, epoch, state } = upload;
  if (!isUnchecked(upload)) return false;
  log.info('upload swept', { uploadId, resourceId, epoch, outcome: state });
  if (isStuck(upload)) {
    log.error('upload stuck', { uploadId, resourceId, epoch, code: 'upload-stuck' });
    metrics.count('UploadStuck');
  }
  return true;
}

/** True where its object had come and nobody knew. */
async function seek(ports: Ports, upload: UploadIn<'awaiting'>): Promise<boolean> {
  if (upload.segments !== undefined) return seekAll(ports, upload);
  const object = await ports.objects.find(upload.key);
  if (object) await receiveObject(ports, upload, object);
  else if (isOverdue(upload, ports.clock.now())) await expire(ports, upload);
  else await postpone(ports, upload.uploadId);
  return object !== undefined;
}

/** Those that are there are checked meanwhile: whatever stopped that is set going again. */
async function seekAll(ports: Ports, upload: UploadIn<'awaiting', SegmentedUpload>): Promise<boolean> {
  const { found, missing } = await seekSegments(ports, upload);
  if (missing.length > 0 && isOverdue(upload, ports.clock.now())) {
    await expire(ports, upload);
  } else {
    if (missing.length < upload.segments) await sendOn(ports, upload);
    await postpone(ports, upload.uploadId);
  }
  return found > 0;
}

async function expire(ports: Ports, upload: UploadIn<'awaiting'>): Promise<void> {
  const next = refused(upload, expired(upload), { at: ports.clock.now() });
  if ((await end(ports, upload, { upload: next })) && upload.segments === undefined && upload.multipart)
    await ports.objects.abortMultipart(upload.key, upload.multipart.id);
}

/** False, as nobody is late but who holds it up. */
async function leaveWaiting(ports: Ports, upload: Unchecked): Promise<false> {
  if (isPast(patienceEnds(upload), ports.clock.now())) return giveUp(ports, upload);
  await postpone(ports, upload.uploadId);
  return false;
}

async function giveUp(ports: Ports, upload: UploadIn<'held'> | Unchecked): Promise<false> {
  await end(ports, upload, givenUp(upload, waitedInVain(upload), ports.clock.now()));
  return false;
}

async function end(
  ports: Ports,
  was: Pending,
  { upload, quality }: { readonly upload: UploadIn<'refused'>; readonly quality?: Quality | undefined },
): Promise<boolean> {
  const { uploadId, resourceId, resourceVersion, provider } = was;
  const { code } = upload.refusal;
  const subject = { uploadId, resourceId, resourceVersion, provider, refusal: code };
  const evidence = evidenceOf(ports, 'upload-refused', theHub('sweep'), subject);
  if (!(await ports.uploads.replace(upload, was, { evidence, quality }))) return false;
  ports.log.info('upload expired', { uploadId, resourceId, outcome: 'refused', code });
  ports.metrics.count('UploadsRefused');
  return true;
}

/** `lookAgainAt` alone moves: where anything else did, the upload has been taken care of. */
async function postpone({ uploads, clock }: Ports, uploadId: UploadId): Promise<void> {
  const upload = await uploads.find(uploadId);
  const at = upload && lookAgainAt(upload, clock.now());
  if (upload && at !== undefined) await uploads.replace({ ...upload, lookAgainAt: at }, upload);
}
