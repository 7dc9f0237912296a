import type { DatasetObject, StoredDataset } from '../../../schemas/contracts/resources.ts';
import type { Held, StoredUpload, UploadRefusal, ViolationCount } from '../../../schemas/contracts/uploads.ts';
import { after } from '../../kernel/time.ts';
import type { Findings, Verdict } from './judge.ts';
import { tidyAt } from './left-behind.ts';
import { patienceEnds } from './refusals.ts';

/** A DynamoDB item has at most 400 KB: thousand fields that break every rule must not make a verdict impossible to store. */
const VIOLATIONS_BYTES = 200_000;
const HEADER_BYTES = 100_000;
const DETAIL_CHARACTERS = 4000;

function storable(violations: readonly ViolationCount[]): ViolationCount[] {
  let bytes = 0;
  return violations.filter(
    (violation) => (bytes += Buffer.byteLength(JSON.stringify(violation)) + 20) <= VIOLATIONS_BYTES,
  );
}

function storableRefusal({ code, detail, header }: UploadRefusal): UploadRefusal {
  const isShort = header && Buffer.byteLength(JSON.stringify(header)) <= HEADER_BYTES;
  return { code, detail: detail.slice(0, DETAIL_CHARACTERS), ...(isShort && { header }) };
}

interface Ending {
  readonly at: string;
  readonly reportKey?: string | undefined;
  readonly fixFileKey?: string | undefined;
  /** The attempt wrote objects that the upload does not name. */
  readonly wroteInVain?: boolean;
}

export const refused = (
  upload: StoredUpload,
  refusal: UploadRefusal,
  ending: Ending,
  { rows, violations }: Partial<Findings> = {},
): StoredUpload => ({
  ...finished(rows ? withoutFiles(upload) : upload, ending),
  state: 'refused',
  refusal: storableRefusal(refusal),
  ...(rows && { rows }),
  ...(violations && { violations: storable(violations) }),
});

type Accepted = Extract<Verdict, { accepted: true }>;

/** Marked: its dataset is profiled once it is in force, which nobody waits for. */
export const accepted = (
  upload: StoredUpload,
  verdict: Accepted,
  datasetVersion: number,
  ending: Ending,
): StoredUpload => ({
  ...finished(withoutFiles(upload), ending),
  state: 'accepted',
  datasetVersion,
  unprofiled: 0,
  lookAgainAt: after(ending.at, { seconds: UNPROFILED_SECONDS }),
  rows: verdict.rows,
  violations: storable(verdict.violations ?? []),
});

/** Seconds after which the sweeper has a dataset profiled that is large, or whose message was lost. */
const UNPROFILED_SECONDS = 60;

/** Good records that wait for the provider's word; it is marked for the day on which nobody gave it. */
export function heldBack(
  upload: StoredUpload,
  verdict: Accepted,
  held: Held,
  reportKey: string | undefined,
): StoredUpload {
  const { leaseUntil: _lease, ...kept } = withoutFiles(upload);
  return {
    ...kept,
    state: 'held',
    held,
    lookAgainAt: patienceEnds(upload),
    ...(reportKey !== undefined && { reportKey }),
    rows: verdict.rows,
    violations: storable(verdict.violations ?? []),
  };
}

/** What an earlier check told of it, before it was held, is told anew by this one. */
function withoutFiles({ reportKey: _report, fixFileKey: _fixFile, ...upload }: StoredUpload): StoredUpload {
  return upload;
}

/** The dataset version that an accepted upload makes; `objects` are where its records were written. */
export const datasetOf = (
  upload: StoredUpload,
  verdict: Accepted,
  datasetVersion: number,
  objects: readonly DatasetObject[],
  at: string,
): StoredDataset => ({
  resourceId: upload.resourceId,
  datasetVersion,
  resourceVersion: upload.resourceVersion,
  uploadId: upload.uploadId,
  provider: upload.provider,
  rows: verdict.datasetRows,
  bytes: verdict.dataset.bytes,
  sha256: verdict.dataset.sha256,
  columns: [...verdict.columns],
  objects: [...objects],
  committedAt: at,
});

function finished(upload: StoredUpload, { at, reportKey, fixFileKey, wroteInVain = false }: Ending): StoredUpload {
  const { leaseUntil: _lease, lookAgainAt: _look, ...kept } = upload;
  const lookAgainAt = tidyAt(upload, wroteInVain, at);
  return {
    ...kept,
    finishedAt: at,
    ...(reportKey !== undefined && { reportKey }),
    ...(fixFileKey !== undefined && { fixFileKey }),
    ...(lookAgainAt !== undefined && { lookAgainAt }),
  };
}
