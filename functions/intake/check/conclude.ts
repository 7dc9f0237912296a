import type { StoredDataset } from '../../../schemas/contracts/resources.ts';
import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { evidenceOf, theHub } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Clock, Ids } from '../../kernel/ports.ts';
import type { Claimed } from '../domain/claim.ts';
import { accepted, datasetOf, refused } from '../domain/finish.ts';
import type { Verdict } from '../domain/judge.ts';
import type { Fence, Resources, Uploads } from '../ports.ts';
import { overtakenBy } from './base.ts';
import type { Inspection } from './inspect.ts';

export type Conclusion = 'accepted' | 'refused' | 'stale';

export interface Concluded {
  readonly outcome: Conclusion;
  /** Why it was refused. */
  readonly code?: string;
  readonly datasetVersion?: number;
}

interface Ports {
  readonly uploads: Uploads;
  readonly resources: Resources;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Uploads of one resource that finish at once overtake each other; each try decides anew on what is in force. */
const TRIES = 10;

/**
 * Makes the verdict hold, in one transaction with its evidence; `stale` where another attempt has the upload. Mended
 * records land only on the dataset that they were checked with: the version it follows is a condition of the commit.
 */
export async function conclude(
  ports: Ports,
  upload: Claimed,
  inspection: Inspection,
  base: StoredDataset | undefined,
): Promise<Concluded> {
  const { verdict } = inspection;
  if (!verdict.accepted) return concludeRefusal(ports, upload, verdict.refusal, inspection);
  for (let tries = 0; tries < TRIES; tries++) {
    const head = await ports.resources.head(upload.resourceId);
    if (!head) throw new Fault(`resource ${upload.resourceId} is gone`);
    const overtaken = await overtakenBy(ports, upload, base, head);
    if (overtaken) return concludeRefusal(ports, upload, overtaken, inspection);
    const datasetVersion = head.datasetVersion + 1;
    const outcome = await ports.uploads.accept({
      ...acceptance(ports, upload, verdict, inspection, datasetVersion),
      head,
    });
    if (outcome !== 'overtaken') return { outcome, ...(outcome === 'accepted' && { datasetVersion }) };
  }
  throw new Fault(`resource ${upload.resourceId} changed ${TRIES} times in a row`);
}

function acceptance(
  ports: Ports,
  upload: Claimed,
  verdict: Extract<Verdict, { accepted: true }>,
  { dataset, report, fixFile }: Inspection,
  datasetVersion: number,
) {
  if (!dataset) throw new Fault('an accepted upload has a dataset');
  const { uploadId, resourceId, resourceVersion } = upload;
  const digests = { file: verdict.file, dataset: verdict.dataset.sha256 };
  const evidence = evidenceOf(
    ports,
    'upload-accepted',
    theHub('check'),
    { uploadId, resourceId, resourceVersion, datasetVersion },
    digests,
  );
  return {
    upload: accepted(upload, verdict, datasetVersion, {
      at: evidence.at,
      reportKey: report?.key,
      fixFileKey: fixFile?.key,
    }),
    was: fenceOf(upload),
    dataset: datasetOf(upload, verdict, datasetVersion, dataset, evidence.at),
    evidence,
  };
}

export async function concludeRefusal(
  ports: Ports,
  upload: Claimed,
  refusal: UploadRefusal,
  inspection?: Inspection,
): Promise<Concluded> {
  const { uploadId, resourceId, resourceVersion } = upload;
  const file = inspection?.verdict.file;
  const evidence = evidenceOf(
    ports,
    'upload-refused',
    theHub('check'),
    { uploadId, resourceId, resourceVersion, refusal: refusal.code },
    file === undefined ? {} : { file },
  );
  const { report, fixFile } = inspection ?? {};
  // Good records that came too late: there is no dataset left for the rejected ones to join either.
  const wroteInVain = inspection?.verdict.accepted ?? false;
  const ending = {
    at: evidence.at,
    reportKey: report?.key,
    fixFileKey: wroteInVain ? undefined : fixFile?.key,
    wroteInVain,
  };
  const next = refused(upload, refusal, ending, inspection?.verdict);
  return (await ports.uploads.replace(next, fenceOf(upload), { evidence }))
    ? { outcome: 'refused', code: refusal.code }
    : { outcome: 'stale' };
}

/** The lease may have been renewed since; the epoch says whose work it is. */
const fenceOf = ({ epoch }: Claimed): Fence => ({ state: 'checking', epoch });
