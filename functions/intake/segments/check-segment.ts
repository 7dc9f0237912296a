import type { StoredSegment } from '../../../schemas/stored/segments.ts';
import type { SegmentedUpload } from '../../../schemas/stored/uploads.ts';
import { Fault } from '../../kernel/fault.ts';
import { holdLeaseOn, LeaseLost } from '../../kernel/hold-lease.ts';
import { isStuck } from '../domain/claim.ts';
import { isEnded } from '../domain/ended.ts';
import {
  checkedSegment,
  claimSegment,
  type ClaimedSegment,
  releasedSegment,
  renewedSegment,
  wantsFirst,
} from '../domain/segment.ts';
import type { Intake } from '../ports.ts';
import { inspectSegment } from './inspect-segment.ts';

export type SegmentPorts = Omit<Intake, 'qualities' | 'queue' | 'ids' | 'metrics'>;

/**
 * Takes one segment and checks it; what became of it waits for the others. Several are checked at once, each under a lease
 * of its own.
 *
 * @throws while another attempt holds the lease, and on any fault: the queue tries again later
 */
export async function checkSegmentOf(ports: SegmentPorts, upload: SegmentedUpload, number: number): Promise<void> {
  const { uploadId, resourceId } = upload;
  const about = { uploadId, resourceId, segment: number };
  const segment = isEnded(upload) ? undefined : await ports.segments.find(uploadId, number);
  const first = number === 1 ? segment : segment && (await ports.segments.find(uploadId, 1));
  // The arrival of the first sends those again that have waited for its header.
  if (!segment || (wantsFirst(upload) && !first)) return ports.log.info('no segment to check', about);
  const claimed = claimSegment(segment, ports.clock.now());
  if (!claimed.ok) {
    if (claimed.refusal.code === 'leased')
      throw new Fault(`segment ${number} of upload ${uploadId} is held by attempt ${segment.epoch}`);
    return ports.log.info('nothing to check', about);
  }
  if (!(await ports.segments.put(claimed.value, segment)))
    throw new Fault(`segment ${number} of upload ${uploadId} was taken in between`);
  const log = ports.log.with({ ...about, epoch: claimed.value.epoch });
  if (isStuck(claimed.value)) log.error('upload stuck', { code: 'upload-stuck' });
  await checkClaimed({ ...ports, log }, upload, claimed.value, first ?? segment);
}

async function checkClaimed(
  ports: SegmentPorts,
  upload: SegmentedUpload,
  claimed: ClaimedSegment,
  first: StoredSegment,
): Promise<void> {
  const { segments, clock, log } = ports;
  const fence = { state: claimed.state, epoch: claimed.epoch };
  const lease = holdLeaseOn(
    ports,
    claimed,
    { uploadId: claimed.uploadId },
    {
      renewed: renewedSegment,
      replace: (next) => segments.put(next, fence),
    },
  );
  try {
    const { outcome, keys } = await inspectSegment(ports, upload, claimed, first, lease);
    await lease.end();
    const isCommitted = await segments.put(checkedSegment(claimed, outcome, keys), fence);
    const code = 'refusal' in outcome ? outcome.refusal.code : undefined;
    log.info('segment checked', { outcome: isCommitted ? 'checked' : 'stale', code, bytes: claimed.object.bytes });
  } catch (fault) {
    await lease.end();
    if (fault instanceof LeaseLost) return;
    await segments
      .put(releasedSegment(claimed, clock.now()), fence)
      .catch((error: unknown) => log.warn('lease not released', { error }));
    throw fault;
  }
}
