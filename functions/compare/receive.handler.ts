import type { StoredComparison } from '../../schemas/stored/comparisons.ts';
import { traceOf } from '../kernel/about.ts';
import { Fault } from '../kernel/fault.ts';
import { comparisonIdOf, watchedListKey, watchIdOf } from './domain/places.ts';
import { receive } from './domain/receive.ts';
import { told } from './proven.ts';
import type { Compare, ObjectVersion } from './stores.ts';
import { receiveKeysOf, type ReceiveKeysPorts } from './watches/receive-keys.ts';

/** The part of S3's event that matters here: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
interface ObjectCreated {
  readonly detail: {
    readonly object: { readonly key: string; readonly size: number; readonly 'version-id'?: string };
  };
}

export type ReceivePorts = Pick<Compare, 'comparisons' | 'lists' | 'queue' | 'clock' | 'log'>;

export type ReceiveAnyPorts = ReceivePorts & ReceiveKeysPorts;

/** S3 tells of an object at least once and in no order. */
export const receiveHandler =
  (ports: ReceiveAnyPorts) =>
  async ({ detail }: ObjectCreated): Promise<void> => {
    const { key, size, 'version-id': versionId } = detail.object;
    if (versionId === undefined) throw new Fault('the intake bucket keeps no versions');
    const watchId = watchIdOf(key);
    const watch = watchId && (await ports.watches.find(watchId));
    if (watch && watchedListKey(watch.consumer, watch.watchId) === key)
      return receiveKeysOf(ports, watch, { versionId, bytes: size });
    const id = comparisonIdOf(key);
    const comparison = id && (await ports.comparisons.find(id));
    if (comparison?.key !== key) return ports.log.warn('object of nobody', { key, versionId });
    await receiveList(ports, comparison, { versionId, bytes: size });
  };

/** Marks the list received, and has it run where nobody has to allow it; the sweeper, which finds a lost event's object, does the same. */
export async function receiveList(
  ports: ReceivePorts,
  comparison: StoredComparison,
  object: ObjectVersion,
): Promise<void> {
  const reception = receive(comparison, object, ports.clock.now());
  if (reception.kind === 'ignore')
    return ports.log.info('list ignored', { ...traceOf(comparison), outcome: comparison.state });
  if (reception.kind === 'discard') return ports.lists.remove(comparison.key, object.versionId);
  if (reception.kind === 'remind') return comparison.state === 'received' ? ports.queue.send(comparison) : undefined;
  const next = reception.comparison;
  const asked = next.state === 'awaiting-approval';
  const notices = asked ? [told(ports, next.provider, 'approval-asked', next, next.consumer)] : [];
  if (!(await ports.comparisons.replace(next, comparison, { notices }))) {
    // Somebody else marked it in between, perhaps without sending it: look once more. It never becomes `awaiting` again.
    const current = await ports.comparisons.find(comparison.comparisonId);
    return current && receiveList(ports, current, object);
  }
  ports.log.info('list received', { ...traceOf(next), bytes: object.bytes, outcome: next.state });
  if (next.state === 'received') await ports.queue.send(next);
}
