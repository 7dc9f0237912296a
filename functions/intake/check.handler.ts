import type { IntakeMessage } from '../../schemas/contracts/messages.ts';
import type { StoredUpload } from '../../schemas/contracts/uploads.ts';
import { Fault } from '../kernel/fault.ts';
import type { Clock, Ids, Log, Metrics } from '../kernel/ports.ts';
import { secondsSince } from '../kernel/seconds.ts';
import { baseOf, overtakenBy } from './check/base.ts';
import { conclude, concludeRefusal, type Concluded, type Conclusion } from './check/conclude.ts';
import { inspect, type Inspection, type StoredObject } from './check/inspect.ts';
import { holdLease, LeaseLost } from './check/lease.ts';
import { tell } from './check/tell.ts';
import { tidy, tidyFinished } from './check/tidy.ts';
import { claim, isStuck, released, type Claimed } from './domain/claim.ts';
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
  readonly metrics: Metrics;
}

/**
 * Takes the upload, checks it, and commits what became of it. Returns once the message is done with.
 *
 * @throws while another attempt holds the lease, and on any fault: the queue tries again later
 */
export const checkHandler =
  (ports: CheckPorts) =>
  async ({ uploadId }: IntakeMessage): Promise<void> => {
    const upload = await ports.uploads.find(uploadId);
    if (!upload) return ports.log.warn('no such upload', { uploadId });
    const claimed = claim(upload, ports.clock.now());
    if (!claimed.ok) return leave(ports, upload, claimed.refusal.code);
    if (!(await ports.uploads.replace(claimed.value, upload)))
      throw new Fault(`upload ${uploadId} was taken in between`);
    await checkClaimed(ports, claimed.value);
  };

async function leave(
  ports: CheckPorts,
  upload: StoredUpload,
  why: 'finished' | 'held' | 'not-received',
): Promise<void> {
  const { uploadId, resourceId, epoch } = upload;
  if (why === 'held') throw new Fault(`upload ${uploadId} is held by attempt ${epoch}`);
  ports.log.info('nothing to check', { uploadId, resourceId, code: why });
  if (why === 'finished') await tidyFinished(ports, upload, ports.clock.now());
}

async function checkClaimed(hub: CheckPorts, upload: Claimed): Promise<void> {
  const { uploadId, resourceId, epoch } = upload;
  const ports = { ...hub, log: hub.log.with({ uploadId, resourceId, epoch }) };
  const began = ports.clock.now();
  const told = (concluded: Concluded, inspection?: Inspection) =>
    tell(ports, upload, concluded, { inspection, seconds: secondsSince(began, ports.clock.now()) });
  // Said before the work: an attempt that takes its process down cannot say it after.
  if (isStuck(upload)) ports.log.error('upload stuck', { code: 'upload-stuck' });
  try {
    await work(ports, upload, told);
  } catch (fault) {
    if (fault instanceof LeaseLost) return told({ outcome: 'stale' });
    await letGo(ports, upload);
    throw fault;
  }
}

type Told = (concluded: Concluded, inspection?: Inspection) => void;

async function work(ports: CheckPorts, upload: Claimed, told: Told): Promise<void> {
  const head = await ports.resources.head(upload.resourceId);
  const base = await baseOf(ports, upload);
  const overtaken = head && (await overtakenBy(ports, upload, base, head));
  if (overtaken) return told(await concludeRefusal(ports, upload, overtaken));
  const version = await ports.resources.version(upload.resourceId, upload.resourceVersion);
  if (!version) throw new Fault(`version ${upload.resourceVersion} of resource ${upload.resourceId} is gone`);

  const inspection = await underLease(ports, upload, (lease) => inspect(ports, upload, { version, base }, lease));
  const concluded = await conclude(ports, upload, inspection, base);
  told(concluded, inspection);
  await tidy(ports, unused(inspection, concluded.outcome));
}

async function underLease<T>(
  ports: CheckPorts,
  upload: Claimed,
  act: (lease: ReturnType<typeof holdLease>) => Promise<T>,
): Promise<T> {
  const lease = holdLease(ports, upload);
  try {
    return await act(lease);
  } finally {
    await lease.end();
  }
}

/** A refusal of good records that came too late keeps the report; a stale attempt keeps nothing. */
function unused({ verdict, dataset, report, fixFile }: Inspection, conclusion: Conclusion): StoredObject[] {
  const cameTooLate = conclusion === 'refused' && verdict.accepted;
  const objects = conclusion === 'stale' ? [dataset, report, fixFile] : cameTooLate ? [dataset, fixFile] : [];
  return objects.filter((object) => object !== undefined);
}

async function letGo({ uploads, clock, log }: CheckPorts, upload: Claimed): Promise<void> {
  const { epoch } = upload;
  await uploads
    .replace(released(upload, clock.now()), { state: 'checking', epoch })
    .catch((error: unknown) => log.warn('lease not released', { error }));
}
