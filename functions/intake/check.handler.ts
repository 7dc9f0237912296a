import type { IntakeMessage } from '../../schemas/contracts/messages.ts';
import type { StoredUpload } from '../../schemas/stored/uploads.ts';
import { Fault } from '../kernel/fault.ts';
import { LeaseLost } from '../kernel/hold-lease.ts';
import { secondsSince } from '../kernel/time.ts';
import { concludeAttachments } from './attachments/conclude-attachments.ts';
import { inspectAttachments } from './attachments/inspect-attachments.ts';
import { baseOf, overtakenBy, snapshotNeeded } from './check/base.ts';
import { conclude, concludeNothing, concludeRefusal, type Concluded, type Conclusion } from './check/conclude.ts';
import { inspect, type Inspection, type StoredObject } from './check/inspect.ts';
import { holdLease } from './check/lease.ts';
import { profileAccepted } from './check/profile.ts';
import { tell } from './check/tell.ts';
import { tidy, tidyFinished } from './check/tidy.ts';
import { claim, isStuck, released, type Claimed, type NoClaim } from './domain/claim.ts';
import { isEnded } from './domain/ended.ts';
import { waitsFor } from './order/waits-for.ts';
import type { Intake } from './ports.ts';
import { checkSegmentOf } from './segments/check-segment.ts';
import { putTogether } from './segments/put-together.ts';
import { asReceived, mayBePutTogether } from './segments/ready.ts';

export type CheckPorts = Omit<Intake, 'queue'>;

/**
 * Takes the upload, checks it, and commits what became of it; of one that is accepted, profiles the dataset and tidies.
 * What comes next is begun by whoever reads the table's stream (follow.handler.ts).
 * Returns once the message is done with.
 *
 * @throws while another attempt holds the lease, and on any fault: the queue tries again later
 */
export const checkHandler =
  (ports: CheckPorts) =>
  async ({ uploadId, segment }: IntakeMessage): Promise<void> => {
    const found = await ports.uploads.find(uploadId);
    if (!found) return ports.log.warn('no such upload', { uploadId });
    if (segment !== undefined && found.segments !== undefined) return checkSegmentOf(ports, found, segment);
    const upload = await withItsSegments(ports, found);
    if (!upload) return ports.log.info('segments are under way', { uploadId, resourceId: found.resourceId });
    const claimed = claim(upload, ports.clock.now());
    if (!claimed.ok) return leave(ports, upload, claimed.refusal.code);
    // The end of what it waits for has it sent again: no attempt, and no fault.
    if ((await waitsFor(ports, upload)) !== undefined) {
      const { resourceId } = upload;
      return ports.log.info('changes wait for an earlier upload', { uploadId, resourceId, outcome: 'waiting' });
    }
    if (!(await ports.uploads.replace(claimed.value, upload)))
      throw new Fault(`upload ${uploadId} was taken in between`);
    await checkClaimed(ports, claimed.value);
  };

/** Undefined while some of its segments are not checked, or not there. */
async function withItsSegments(ports: CheckPorts, upload: StoredUpload): Promise<StoredUpload | undefined> {
  if (upload.segments === undefined || upload.state === 'held' || isEnded(upload)) return upload;
  return (await mayBePutTogether(ports, upload)) ? asReceived(ports, upload) : undefined;
}

async function leave(ports: CheckPorts, upload: StoredUpload, why: NoClaim): Promise<void> {
  const { uploadId, resourceId, epoch } = upload;
  if (why === 'leased') throw new Fault(`upload ${uploadId} is held by attempt ${epoch}`);
  if (upload.state === 'accepted' && upload.unprofiled !== undefined) return profileAccepted(ports, upload);
  ports.log.info('nothing to check', { uploadId, resourceId, code: why });
  if (isEnded(upload)) await tidyFinished(ports, upload, ports.clock.now());
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
  if (!head) throw new Fault(`resource ${upload.resourceId} is gone`);
  if (upload.content === 'attachments') return workOnAttachments(ports, upload, told);
  const base = await baseOf(ports, upload, head);
  const refusal = (await overtakenBy(ports, upload, base, head)) ?? snapshotNeeded(upload, base);
  if (refusal) return told(await concludeRefusal(ports, upload, refusal));
  const version = await ports.resources.version(upload.resourceId, upload.resourceVersion);
  if (!version) throw new Fault(`version ${upload.resourceVersion} of resource ${upload.resourceId} is gone`);

  const inspection = await underLease(ports, upload, (lease) =>
    upload.segments === undefined
      ? inspect(ports, upload, { version, base }, lease)
      : putTogether(ports, upload, version.definition.tolerance, lease),
  );
  if ('unsettled' in inspection) return told(await concludeNothing(ports, inspection.unsettled));
  const concluded = await conclude(ports, upload, inspection, { definition: version.definition, base });
  told(concluded, inspection);
  await tidy(ports, unused(upload, inspection, concluded.outcome));
}

async function workOnAttachments(ports: CheckPorts, upload: Claimed, told: Told): Promise<void> {
  const version = await ports.resources.version(upload.resourceId, upload.resourceVersion);
  if (!version || upload.segments !== undefined) throw new Fault(`upload ${upload.uploadId} has no attachments`);
  const findings = await underLease(ports, upload, (lease) => inspectAttachments(ports, upload, version, lease));
  told(await concludeAttachments(ports, upload, findings));
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

/** A refusal of good records that came too late keeps the report; so does one that is held. */
function unused(
  { segments }: Claimed,
  { verdict, report, fixFile }: Inspection,
  conclusion: Conclusion,
): StoredObject[] {
  // Parts of a dataset are those of the segments, whichever attempt puts them together.
  const own = segments === undefined && verdict.accepted ? verdict.dataset.objects : [];
  const ofAttempt = { accepted: [], refused: verdict.accepted ? [...own, fixFile] : [], held: [...own, fixFile] };
  const objects =
    conclusion === 'stale' || conclusion === 'set-back' ? [...own, report, fixFile] : ofAttempt[conclusion];
  return objects.filter((object) => object !== undefined);
}

async function letGo({ uploads, clock, log }: CheckPorts, upload: Claimed): Promise<void> {
  const { epoch } = upload;
  await uploads
    .replace(released(upload, clock.now()), { state: 'checking', epoch })
    .catch((error: unknown) => log.warn('lease not released', { error }));
}
