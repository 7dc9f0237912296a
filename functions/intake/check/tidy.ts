import type { Log } from '../../kernel/ports.ts';
import type { StoredUpload } from '../../../schemas/contracts/uploads.ts';
import { datasetKey, reportKey } from '../domain/places.ts';
import type { CheckedObjects } from '../ports.ts';

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

/** Attempts are few; what more than so many of them left costs only its storage. */
const EARLIER = 20;

/** What attempts before the upload's last one wrote and never committed. */
export async function tidyEarlierAttempts(ports: Ports, upload: StoredUpload): Promise<void> {
  for (let epoch = upload.epoch - 1; epoch >= Math.max(1, upload.epoch - EARLIER); epoch--) {
    await tidy(ports, [{ key: datasetKey({ ...upload, epoch }) }, { key: reportKey({ ...upload, epoch }) }]);
  }
}
