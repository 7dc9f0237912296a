import type { ResourceHead, StoredDataset } from '../../../schemas/contracts/resources.ts';
import type { StoredUpload, UploadRefusal, ViolationCount } from '../../../schemas/contracts/uploads.ts';
import type { Findings, Verdict } from './judge.ts';

/** A snapshot never replaces a newer one, whichever was checked first. */
export const superseded = (upload: Pick<StoredUpload, 'sequence'>, head: Pick<ResourceHead, 'committedSequence'>): UploadRefusal | undefined =>
  head.committedSequence > upload.sequence
    ? { code: 'superseded', detail: `Upload number ${head.committedSequence} of this resource, announced after this one (number ${upload.sequence}), is in force already.` }
    : undefined;

export const expired = (upload: Pick<StoredUpload, 'expiresAt'>): UploadRefusal => ({
  code: 'expired', detail: `Its bytes had not arrived when the announcement ended, ${upload.expiresAt}. Announce the file again.`,
});

/** A DynamoDB item has at most 400 KB: thousand fields that break every rule must not make a verdict impossible to store. */
const VIOLATIONS_BYTES = 200_000;
const DETAIL_CHARACTERS = 4000;

function storable(violations: readonly ViolationCount[]): ViolationCount[] {
  let bytes = 0;
  return violations.filter((violation) => (bytes += Buffer.byteLength(JSON.stringify(violation)) + 20) <= VIOLATIONS_BYTES);
}

interface Ending {
  readonly at: string;
  readonly reportKey?: string | undefined;
}

export const refused = (upload: StoredUpload, refusal: UploadRefusal, { at, reportKey }: Ending, { rows, violations }: Partial<Findings> = {}): StoredUpload => ({
  ...underWayNoMore(upload),
  state: 'refused',
  finishedAt: at,
  refusal: { code: refusal.code, detail: refusal.detail.slice(0, DETAIL_CHARACTERS) },
  ...(rows && { rows }),
  ...(violations && { violations: storable(violations) }),
  ...(reportKey !== undefined && { reportKey }),
});

type Accepted = Extract<Verdict, { accepted: true }>;

export const accepted = (upload: StoredUpload, verdict: Accepted, datasetVersion: number, { at, reportKey }: Ending): StoredUpload => ({
  ...underWayNoMore(upload),
  state: 'accepted',
  finishedAt: at,
  datasetVersion,
  rows: verdict.rows,
  violations: storable(verdict.violations ?? []),
  ...(reportKey !== undefined && { reportKey }),
});

/** The dataset version that an accepted upload makes; `object` is where its records were written. */
export const datasetOf = (upload: StoredUpload, verdict: Accepted, datasetVersion: number, object: StoredDataset['object'], at: string): StoredDataset => ({
  resourceId: upload.resourceId,
  datasetVersion,
  resourceVersion: upload.resourceVersion,
  uploadId: upload.uploadId,
  provider: upload.provider,
  rows: verdict.rows.accepted,
  bytes: verdict.dataset.bytes,
  sha256: verdict.dataset.sha256,
  columns: [...verdict.columns],
  object,
  committedAt: at,
});

function underWayNoMore(upload: StoredUpload): StoredUpload {
  const { leaseUntil: _lease, lookAgainAt: _look, ...kept } = upload;
  return kept;
}
