import type { Log } from '../../kernel/ports.ts';
import type { Claimed } from '../domain/claim.ts';
import { datasetKey, reportKey } from '../domain/places.ts';
import type { CheckedObjects } from '../ports.ts';
import type { StoredObject } from './inspect.ts';

interface Ports {
  readonly checked: CheckedObjects;
  readonly log: Log;
}

/** Removes objects that nothing refers to. What cannot be removed now is invisible to everyone, so it is only logged. */
export async function tidy({ checked, log }: Ports, objects: readonly { readonly key: string; readonly versionId?: string }[]): Promise<void> {
  const results = await Promise.allSettled(objects.map(({ key, versionId }) => checked.remove(key, versionId)));
  results.forEach((result, index) => {
    if (result.status === 'rejected') log.warn('not removed', { key: objects[index]?.key, error: result.reason as unknown });
  });
}

/** What attempts before this one wrote and never committed; a handful at a time, as attempts are rarely many. */
export async function tidyEarlierAttempts(ports: Ports, upload: Claimed): Promise<void> {
  for (let epoch = upload.epoch - 1; epoch >= Math.max(1, upload.epoch - EARLIER); epoch--) {
    await tidy(ports, [{ key: datasetKey({ ...upload, epoch }) }, { key: reportKey({ ...upload, epoch }) }] satisfies Partial<StoredObject>[]);
  }
}

const EARLIER = 20;
