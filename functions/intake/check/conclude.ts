import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { Held, UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import { evidenceOf, theHub } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import { holding } from '../../records/index.ts';
import { setBack, type Claimed } from '../domain/claim.ts';
import { figuresOf } from '../domain/figures.ts';
import { heldBack, refused } from '../domain/finish.ts';
import { qualityOf } from '../domain/quality.ts';
import { waitsFor } from '../order/waits-for.ts';
import type { Intake } from '../ports.ts';
import { acceptance, fenceOf, type Good } from './acceptance.ts';
import { inForce, isMergedElsewhere, overtakenBy } from './base.ts';
import type { Inspection } from './inspect.ts';

/** `set-back`: it waits for its turn again. `stale`: another attempt has the upload. */
export type Conclusion = 'accepted' | 'refused' | 'held' | 'set-back' | 'stale';

export interface Concluded {
  readonly outcome: Conclusion;
  /** Why it was refused, or held. */
  readonly code?: string;
  readonly datasetVersion?: number;
}

type Ports = Pick<Intake, 'uploads' | 'resources' | 'objects' | 'clock' | 'ids'>;

/** What good records were checked against. */
interface Against {
  readonly definition: ResourceDefinition;
  readonly base: StoredDataset | undefined;
}

/** Uploads of one resource that finish at once overtake each other; each try decides anew on what is in force. */
const TRIES = 10;

/**
 * Makes the verdict hold, in one transaction with its evidence. Records that join a dataset, or are merged into one, land
 * only on the dataset that they were checked with: the version it follows is a condition of the commit. Changes look once
 * more for what came before them: something may have arrived during the check.
 */
export async function conclude(
  ports: Ports,
  upload: Claimed,
  inspection: Inspection,
  { definition, base }: Against,
): Promise<Concluded> {
  const { verdict } = inspection;
  if (!verdict.accepted) return concludeRefusal(ports, upload, verdict.refusal, inspection);
  for (let tries = 0; tries < TRIES; tries++) {
    const head = await ports.resources.head(upload.resourceId);
    if (!head) throw new Fault(`resource ${upload.resourceId} is gone`);
    const overtaken = await overtakenBy(ports, upload, base, head);
    if (overtaken) return concludeRefusal(ports, upload, overtaken, inspection);
    if (isMergedElsewhere(upload, base, head) || (await waitsFor(ports, upload)) !== undefined)
      return concludeNothing(ports, upload);
    const previousRows = (await inForce(ports, head))?.rows;
    const held = holding(upload, definition, verdict.dataset.rows, previousRows);
    if (held) return concludeHolding(ports, upload, held, inspection, verdict);
    const outcome = await ports.uploads.accept(acceptance(ports, upload, verdict, inspection, { head, previousRows }));
    if (outcome === 'accepted') return { outcome, datasetVersion: head.datasetVersion + 1 };
    if (outcome === 'stale') return { outcome };
  }
  throw new Fault(`resource ${upload.resourceId} changed ${TRIES} times in a row`);
}

export async function concludeRefusal(
  ports: Ports,
  upload: Claimed,
  refusal: UploadRefusal,
  inspection?: Inspection,
): Promise<Concluded> {
  const evidence = evidenceOn(ports, upload, 'upload-refused', inspection, refusal.code);
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
  const quality = qualityOf(next, { at: evidence.at });
  return (await ports.uploads.replace(next, fenceOf(upload), { evidence, quality }))
    ? { outcome: 'refused', code: refusal.code }
    : { outcome: 'stale' };
}

/** The report is kept, to decide by; the dataset is not: it is checked again once confirmed, on what is in force then. */
async function concludeHolding(
  ports: Ports,
  upload: Claimed,
  held: Held,
  inspection: Inspection,
  verdict: Good,
): Promise<Concluded> {
  const evidence = evidenceOn(ports, upload, 'upload-held', inspection);
  const { at } = evidence;
  const next = heldBack(upload, verdict, held, inspection.report?.key);
  const quality = qualityOf(next, { at, datasetRows: held.rows, previousRows: held.previousRows });
  return (await ports.uploads.replace(next, fenceOf(upload), { evidence, quality }))
    ? { outcome: 'held', code: held.reason }
    : { outcome: 'stale' };
}

/** No verdict yet: its turn has not come, or some of its segments are checked once more. */
export const concludeNothing = async (ports: Ports, upload: Claimed): Promise<Concluded> => ({
  outcome: (await ports.uploads.replace(setBack(upload, ports.clock.now()), fenceOf(upload))) ? 'set-back' : 'stale',
});

function evidenceOn(
  ports: Ports,
  { uploadId, resourceId, resourceVersion, provider }: Claimed,
  act: 'upload-refused' | 'upload-held',
  inspection: Inspection | undefined,
  refusal?: string,
): Evidence {
  const file = inspection?.verdict.file;
  const subject = { uploadId, resourceId, resourceVersion, provider, ...(refusal !== undefined && { refusal }) };
  const digests = file === undefined ? {} : { file };
  return evidenceOf(ports, act, theHub('check'), subject, digests, figuresOf(inspection?.verdict));
}
