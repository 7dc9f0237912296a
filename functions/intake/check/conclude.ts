import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { evidenceOf, theHub } from '../../kernel/evidence.ts';
import type { Clock, Ids } from '../../kernel/ports.ts';
import type { Claimed } from '../domain/claim.ts';
import { accepted, datasetOf, refused, superseded } from '../domain/finish.ts';
import type { Verdict } from '../domain/judge.ts';
import type { Fence, Resources, Uploads } from '../ports.ts';
import type { Inspection, StoredObject } from './inspect.ts';

export type Conclusion = 'accepted' | 'refused' | 'stale';

interface Ports {
  readonly uploads: Uploads;
  readonly resources: Resources;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Uploads of one resource that finish at once overtake each other; each try decides anew on what is in force. */
const TRIES = 10;

/** Makes the verdict hold, in one transaction with its evidence; `stale` where another attempt has the upload. */
export async function conclude(ports: Ports, upload: Claimed, inspection: Inspection): Promise<Conclusion> {
  const { verdict, dataset } = inspection;
  if (!verdict.accepted) return concludeRefusal(ports, upload, verdict.refusal, inspection);
  if (!dataset) throw new Error('an accepted upload has a dataset');
  for (let tries = 0; tries < TRIES; tries++) {
    const head = await ports.resources.head(upload.resourceId);
    if (!head) throw new Error(`resource ${upload.resourceId} is gone`);
    const older = superseded(upload, head);
    if (older) return concludeRefusal(ports, upload, older, inspection);
    const conclusion = await ports.uploads.accept({ ...acceptance(ports, upload, verdict, dataset, head.datasetVersion + 1, inspection.report), head });
    if (conclusion !== 'overtaken') return conclusion;
  }
  throw new Error(`resource ${upload.resourceId} changed ${TRIES} times in a row`);
}

function acceptance(
  ports: Ports, upload: Claimed, verdict: Extract<Verdict, { accepted: true }>, object: StoredObject, datasetVersion: number, report: StoredObject | undefined,
) {
  const { uploadId, resourceId, resourceVersion } = upload;
  const digests = { file: verdict.file, dataset: verdict.dataset.sha256 };
  const evidence = evidenceOf(ports, 'upload-accepted', theHub('check'), { uploadId, resourceId, resourceVersion, datasetVersion }, digests);
  return {
    upload: accepted(upload, verdict, datasetVersion, { at: evidence.at, reportKey: report?.key }),
    was: fenceOf(upload),
    dataset: datasetOf(upload, verdict, datasetVersion, object, evidence.at),
    evidence,
  };
}

export async function concludeRefusal(ports: Ports, upload: Claimed, refusal: UploadRefusal, inspection?: Inspection): Promise<'refused' | 'stale'> {
  const { uploadId, resourceId, resourceVersion } = upload;
  const file = inspection?.verdict.file;
  const evidence = evidenceOf(
    ports, 'upload-refused', theHub('check'), { uploadId, resourceId, resourceVersion, refusal: refusal.code }, file === undefined ? {} : { file },
  );
  const next = refused(upload, refusal, { at: evidence.at, reportKey: inspection?.report?.key }, inspection?.verdict);
  return (await ports.uploads.replace(next, fenceOf(upload), { evidence })) ? 'refused' : 'stale';
}

/** The lease may have been renewed since; the epoch says whose work it is. */
const fenceOf = ({ epoch }: Claimed): Fence => ({ state: 'checking', epoch });
