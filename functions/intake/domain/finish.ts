import type { ResourceHead, StoredDataset } from '../../../schemas/contracts/resources.ts';
import type { StoredUpload, UploadRefusal, ViolationCount } from '../../../schemas/contracts/uploads.ts';
import type { Findings, Verdict } from './judge.ts';
import { tidyAt } from './left-behind.ts';

/** A snapshot never replaces a newer one, whichever was checked first. */
export const superseded = (
  upload: Pick<StoredUpload, 'sequence'>,
  head: Pick<ResourceHead, 'committedSequence'>,
): UploadRefusal | undefined =>
  head.committedSequence > upload.sequence
    ? {
        code: 'superseded',
        detail: `Upload number ${head.committedSequence} of this resource, announced after this one (number ${upload.sequence}), is in force already.`,
      }
    : undefined;

export const expired = (upload: Pick<StoredUpload, 'expiresAt'>): UploadRefusal => ({
  code: 'expired',
  detail: `Its bytes had not arrived when the announcement ended, ${upload.expiresAt}. Announce the file again.`,
});

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
  ...finished(upload, ending),
  state: 'refused',
  refusal: storableRefusal(refusal),
  ...(rows && { rows }),
  ...(violations && { violations: storable(violations) }),
});

type Accepted = Extract<Verdict, { accepted: true }>;

export const accepted = (
  upload: StoredUpload,
  verdict: Accepted,
  datasetVersion: number,
  ending: Ending,
): StoredUpload => ({
  ...finished(upload, ending),
  state: 'accepted',
  datasetVersion,
  rows: verdict.rows,
  violations: storable(verdict.violations ?? []),
});

/** The dataset version that an accepted upload makes; `object` is where its records were written. */
export const datasetOf = (
  upload: StoredUpload,
  verdict: Accepted,
  datasetVersion: number,
  object: StoredDataset['object'],
  at: string,
): StoredDataset => ({
  resourceId: upload.resourceId,
  datasetVersion,
  resourceVersion: upload.resourceVersion,
  uploadId: upload.uploadId,
  provider: upload.provider,
  rows: verdict.baseRows + verdict.rows.accepted,
  bytes: verdict.dataset.bytes,
  sha256: verdict.dataset.sha256,
  columns: [...verdict.columns],
  object,
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
