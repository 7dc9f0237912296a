import type { ResourceHead } from '../../../schemas/contracts/resources.ts';
import { evidenceOf, theHub } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Clock, Ids } from '../../kernel/ports.ts';
import type { Claimed } from '../domain/claim.ts';
import { figuresOf } from '../domain/figures.ts';
import { accepted, datasetOf } from '../domain/finish.ts';
import type { Verdict } from '../domain/judge.ts';
import { qualityOf } from '../domain/quality.ts';
import type { Fence, Uploads } from '../ports.ts';
import type { Inspection } from './inspect.ts';

export type Good = Extract<Verdict, { accepted: true }>;

/** All that one transaction writes where good records come into force, as the resource stands. */
export function acceptance(
  ports: { readonly clock: Clock; readonly ids: Ids },
  upload: Claimed,
  verdict: Good,
  { dataset, report, fixFile }: Inspection,
  { head, previousRows }: { readonly head: ResourceHead; readonly previousRows: number | undefined },
): Parameters<Uploads['accept']>[0] {
  if (!dataset || dataset.length === 0) throw new Fault('an accepted upload has a dataset');
  const datasetVersion = head.datasetVersion + 1;
  const { resourceId, resourceVersion, uploadId, provider } = upload;
  const subject = { uploadId, resourceId, resourceVersion, datasetVersion, provider };
  const digests = { file: verdict.file, dataset: verdict.dataset.sha256 };
  const evidence = evidenceOf(ports, 'upload-accepted', theHub('check'), subject, digests, figuresOf(verdict));
  const { at } = evidence;
  const ended = accepted(upload, verdict, datasetVersion, { at, reportKey: report?.key, fixFileKey: fixFile?.key });
  const quality = qualityOf(ended, { at, datasetRows: verdict.datasetRows, previousRows });
  return {
    upload: ended,
    was: fenceOf(upload),
    head,
    dataset: datasetOf(upload, verdict, datasetVersion, dataset, at),
    evidence,
    quality,
  };
}

/** The lease may have been renewed since; the epoch says whose work it is. */
export const fenceOf = ({ epoch }: Claimed): Fence => ({ state: 'checking', epoch });
