import type { StoredKeyWatch } from '../../../schemas/stored/watches.ts';
import { traceOf } from '../../kernel/about.ts';
import { lookAfter } from '../domain/look-again.ts';
import { watchedListKey } from '../domain/places.ts';
import { receiveKeys } from '../domain/watches/receive-keys.ts';
import type { ObjectVersion } from '../stores.ts';
import type { WatchPorts } from './ports.ts';

export type ReceiveKeysPorts = Pick<WatchPorts, 'watches' | 'lists' | 'queue' | 'clock' | 'log'>;

/** Marks that the keys have come, and has them looked at; the sweeper, which finds a lost event's object, does the same. */
export async function receiveKeysOf(
  ports: ReceiveKeysPorts,
  watch: StoredKeyWatch,
  object: ObjectVersion,
): Promise<void> {
  const now = ports.clock.now();
  const reception = receiveKeys(watch, object, now);
  const log = ports.log.with(traceOf(watch));
  if (reception.kind === 'ignore') return log.info('keys ignored', { outcome: watch.state });
  // What has no place any more, or is a copy of what was taken.
  if (reception.kind === 'discard')
    return ports.lists.remove(watchedListKey(watch.consumer, watch.watchId), object.versionId);
  if (reception.kind === 'remind') return ports.queue.sendWatch(reception.watch);
  if (!(await ports.watches.replace(reception.watch, watch, {}, lookAfter(now, now)))) {
    // Somebody else marked it in between, perhaps without sending it: look once more. It never becomes `awaiting` again.
    const current = await ports.watches.find(watch.watchId);
    return current && receiveKeysOf(ports, current, object);
  }
  log.info('keys received', { bytes: object.bytes });
  await ports.queue.sendWatch(reception.watch);
}
