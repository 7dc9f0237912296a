import { watchedKey, watchedListKey } from '../domain/places.ts';
import type { EndedWatch } from '../domain/watches/transitions.ts';
import type { WatchPorts } from './ports.ts';

/** Removes all keys of a watch that has ended, whatever an attempt may have left of them, then the mark that says so. */
export async function tidyWatch(
  { lists, kept, watches, log }: Pick<WatchPorts, 'lists' | 'kept' | 'watches' | 'log'>,
  ended: EndedWatch,
): Promise<void> {
  const { watchId, consumer, epoch } = ended;
  const mark = await watches.markOf(watchId);
  if (mark === undefined) return;
  await lists.remove(watchedListKey(consumer, watchId), ended.object?.versionId);
  if (ended.kept) await kept.remove(ended.kept);
  await kept.discard(Array.from({ length: epoch }, (_, i) => watchedKey(watchId, i + 1)));
  await watches.rest(watchId, mark);
  log.info('keys removed', { watchId });
}
