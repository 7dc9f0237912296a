import type { IntakeMessage } from '../../schemas/contracts/messages.ts';
import type { StoredUpload } from '../../schemas/contracts/uploads.ts';
import type { Clock, Ids, Log } from '../kernel/ports.ts';
import { conclude, concludeRefusal, type Conclusion } from './check/conclude.ts';
import { inspect, type Inspection } from './check/inspect.ts';
import { holdLease, LeaseLost } from './check/lease.ts';
import { tidy, tidyEarlierAttempts } from './check/tidy.ts';
import { claim, released, type Claimed } from './domain/claim.ts';
import { superseded } from './domain/finish.ts';
import type { CheckedObjects, IntakeObjects, Resources, Timer, Uploads } from './ports.ts';

export interface CheckPorts {
  readonly uploads: Uploads;
  readonly resources: Resources;
  readonly objects: IntakeObjects;
  readonly checked: CheckedObjects;
  readonly timer: Timer;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/**
 * Takes the upload, checks it, and commits what became of it. Returns once the message is done with.
 *
 * @throws while another attempt holds the lease, and on any fault: the queue tries again later
 */
export const checkHandler = (ports: CheckPorts) => async ({ uploadId }: IntakeMessage): Promise<void> => {
  const upload = await ports.uploads.find(uploadId);
  if (!upload) return ports.log.warn('no such upload', { uploadId });
  const claimed = claim(upload, ports.clock.now());
  if (!claimed.ok) return leave(ports, upload, claimed.refusal.code);
  if (!(await ports.uploads.replace(claimed.value, upload))) throw new Error(`upload ${uploadId} was taken in between`);
  await checkClaimed(ports, claimed.value);
};

async function leave(ports: CheckPorts, upload: StoredUpload, why: 'finished' | 'held' | 'not-received'): Promise<void> {
  const { uploadId, epoch } = upload;
  if (why === 'held') throw new Error(`upload ${uploadId} is held by attempt ${epoch}`);
  ports.log.info('nothing to check', { uploadId, why });
  // The message comes again after a crash, which may have been between the commit and the tidying.
  if (why === 'finished') await tidyEarlierAttempts(ports, upload);
}

async function checkClaimed(ports: CheckPorts, upload: Claimed): Promise<void> {
  const about = { uploadId: upload.uploadId, resourceId: upload.resourceId, epoch: upload.epoch };
  try {
    const conclusion = await work(ports, upload);
    ports.log.info('checked', { ...about, conclusion });
    if (conclusion !== 'stale') await tidyEarlierAttempts(ports, upload);
  } catch (fault) {
    if (fault instanceof LeaseLost) return ports.log.info('checked', { ...about, conclusion: 'stale' });
    await letGo(ports, upload);
    throw fault;
  }
}

async function work(ports: CheckPorts, upload: Claimed): Promise<Conclusion> {
  const head = await ports.resources.head(upload.resourceId);
  const older = head && superseded(upload, head);
  if (older) return concludeRefusal(ports, upload, older);
  const version = await ports.resources.version(upload.resourceId, upload.resourceVersion);
  if (!version) throw new Error(`version ${upload.resourceVersion} of resource ${upload.resourceId} is gone`);

  const inspection = await underLease(ports, upload, (lease) => inspect(ports, upload, version, lease));
  const conclusion = await conclude(ports, upload, inspection);
  await tidy(ports, unused(inspection, conclusion));
  return conclusion;
}

async function underLease<T>(ports: CheckPorts, upload: Claimed, act: (lease: ReturnType<typeof holdLease>) => Promise<T>): Promise<T> {
  const lease = holdLease(ports, upload);
  try {
    return await act(lease);
  } finally {
    await lease.end();
  }
}

/** A refusal keeps its report; a stale attempt keeps nothing. */
const unused = ({ dataset, report }: Inspection, conclusion: Conclusion) =>
  [conclusion === 'accepted' ? undefined : dataset, conclusion === 'stale' ? report : undefined].filter((object) => object !== undefined);

async function letGo({ uploads, clock, log }: CheckPorts, upload: Claimed): Promise<void> {
  const { epoch, uploadId } = upload;
  await uploads.replace(released(upload, clock.now()), { state: 'checking', epoch }).catch((error: unknown) => log.warn('lease not released', { uploadId, epoch, error }));
}
