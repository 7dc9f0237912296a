import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import { nextVersion } from '../../datasets/next-version.ts';
import { evidenceOf, theHub } from '../../kernel/evidence.ts';
import type { Hub } from '../../kernel/ports.ts';
import type { Claimed } from '../domain/claim.ts';
import { figuresOf } from '../domain/figures.ts';
import { accepted } from '../domain/finish.ts';
import { isPosted } from '../domain/places.ts';
import { qualityOf } from '../domain/quality.ts';
import type { Fence, Uploads } from '../ports.ts';
import type { Inspection, Verdict } from './inspect.ts';

export type Good = Extract<Verdict, { accepted: true }>;

/** All that one transaction writes where good records come into force, as the resource stands. */
export function acceptance(
  ports: Pick<Hub, 'clock' | 'ids'>,
  upload: Claimed,
  verdict: Good,
  { report, fixFile }: Inspection,
  { head, previousRows }: { readonly head: ResourceHead; readonly previousRows: number | undefined },
): Parameters<Uploads['accept']>[0] {
  const { resourceId, resourceVersion, uploadId, provider, sequence } = upload;
  const datasetVersion = head.datasetVersion + 1;
  const subject = { uploadId, resourceId, resourceVersion, datasetVersion, provider };
  const digests = { file: verdict.file, dataset: verdict.dataset.sha256 };
  const evidence = evidenceOf(ports, 'upload-accepted', theHub('check'), subject, digests, figuresOf(verdict));
  const { at } = evidence;
  const ended = accepted(upload, verdict, datasetVersion, { at, reportKey: report?.key, fixFileKey: fixFile?.key });
  const origin = { kind: isPosted(upload) ? ('records' as const) : ('upload' as const), uploadId };
  return {
    upload: ended,
    was: fenceOf(upload),
    next: nextVersion(head, { origin, sequence, resourceVersion, written: verdict.dataset }, at),
    evidence,
    quality: qualityOf(ended, { at, datasetRows: verdict.dataset.rows, previousRows }),
  };
}

/** The lease may have been renewed since; the epoch says whose work it is. */
export const fenceOf = ({ epoch }: Claimed): Fence => ({ state: 'checking', epoch });
