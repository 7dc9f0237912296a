import type { Ended } from '../domain/ended.ts';
import { isTidiedNow, leftBehind } from '../domain/left-behind.ts';
import { tidyAttachments } from '../attachments/tidy-attachments.ts';
import type { Attachments, Intake, Segments, Uploads } from '../ports.ts';

type Ports = Pick<Intake, 'checked' | 'log'>;

interface Place {
  readonly key: string;
  readonly versionId?: string;
}

/** Removes objects that nothing refers to. What cannot be removed now, the finished upload's mark has removed later. */
export async function tidy({ checked, log }: Ports, places: readonly Place[]): Promise<boolean> {
  const results = await Promise.allSettled(places.map(({ key, versionId }) => checked.remove(key, versionId)));
  results.forEach((result, index) => {
    if (result.status === 'rejected')
      log.warn('not removed', { key: places[index]?.key, error: result.reason as unknown });
  });
  return results.every(({ status }) => status === 'fulfilled');
}

const AT_A_TIME = 30;

/** Once no attempt at a finished upload can be under way: removes what attempts left behind, then the mark; the sweeper comes again until it is gone. */
export async function tidyFinished(
  ports: Ports & { readonly uploads: Uploads; readonly segments: Segments; readonly attachments: Attachments },
  upload: Ended,
  now: string,
): Promise<void> {
  if (!isTidiedNow(upload, now)) return;
  const segments = upload.segments === undefined ? [] : await ports.segments.list(upload.uploadId);
  const keys = leftBehind(upload, segments);
  for (let from = 0; from < keys.length; from += AT_A_TIME) {
    if (
      !(await tidy(
        ports,
        keys.slice(from, from + AT_A_TIME).map((key) => ({ key })),
      ))
    )
      return;
  }
  if (!(await tidyAttachments(ports, upload, now))) return;
  const { lookAgainAt: _mark, ...tidied } = upload;
  await ports.uploads.replace(tidied, upload);
  ports.log.info('tidied', { uploadId: upload.uploadId, attempts: upload.epoch });
}
