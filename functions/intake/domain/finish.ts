import type { Held, RowCounts, UploadRefusal, ViolationCount } from '../../../schemas/contracts/uploads.ts';
import type { AcceptedRecords, UploadIn } from '../../../schemas/stored/uploads.ts';
import { Fault } from '../../kernel/fault.ts';
import { after } from '../../kernel/time.ts';
import type { Claimed } from './claim.ts';
import type { Pending } from './ended.ts';
import type { Findings, Judged } from './judge.ts';
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

export function refused(
  upload: Pending,
  refusal: UploadRefusal,
  ending: Ending,
  { rows, violations }: Partial<Findings> = {},
): UploadIn<'refused'> {
  const {
    lookAgainAt: _look,
    name: _name,
    ...kept
  } = upload.state === 'checking' ? withoutLease(rows ? withoutReport(upload) : upload) : upload;
  return {
    ...kept,
    ...ended(upload, ending),
    state: 'refused',
    refusal: storableRefusal(refusal),
    ...(rows && { rows }),
    ...(violations && { violations: storable(violations) }),
  };
}

type Accepted = Extract<Judged, { accepted: true }>;

/**
 * Marked: what its attachments replace, and what attempts left behind, is removed later. The name of the one that was sent
 * is forgotten with the verdict, whatever that is: it may say whose it is.
 */
export const acceptedAttachments = (
  upload: Claimed,
  { rows, violations = [] }: Pick<Findings, 'violations'> & { readonly rows: RowCounts },
  ending: Ending,
): UploadIn<'accepted'> => {
  const { name: _name, ...kept } = withoutLease(withoutReport(upload));
  if (kept.segments !== undefined) throw new Fault(`upload ${upload.uploadId} has attachments in segments`);
  return {
    ...kept,
    ...ended(upload, ending),
    content: 'attachments',
    state: 'accepted',
    rows,
    violations: storable(violations),
  };
};

/** Marked: its dataset is profiled once it is in force, which nobody waits for. */
export const accepted = (
  upload: Claimed,
  verdict: Accepted,
  datasetVersion: number,
  ending: Ending,
): AcceptedRecords => {
  const { content } = upload;
  if (content === 'attachments') throw new Fault(`upload ${upload.uploadId} has no records`);
  return {
    ...withoutLease(withoutReport(upload)),
    ...ended(upload, ending),
    content,
    state: 'accepted',
    datasetVersion,
    unprofiled: 0,
    lookAgainAt: after(ending.at, { seconds: UNPROFILED_SECONDS }),
    rows: verdict.rows,
    violations: storable(verdict.violations),
  };
};

/** Seconds after which the sweeper has a dataset profiled that is large, or whose message was lost. */
const UNPROFILED_SECONDS = 60;

/** Good records that wait for the provider's word; it is marked for the day on which nobody gave it. */
export function heldBack(
  upload: Claimed,
  verdict: Accepted,
  held: Held,
  reportKey: string | undefined,
): UploadIn<'held'> {
  return {
    ...withoutLease(withoutReport(upload)),
    state: 'held',
    held,
    lookAgainAt: patienceEnds(upload),
    ...(reportKey !== undefined && { reportKey }),
    rows: verdict.rows,
    violations: storable(verdict.violations),
  };
}

/** What an earlier check told of it, before it was held, is told anew by this one. */
const withoutReport = ({ reportKey: _report, ...upload }: Claimed): Claimed => upload;

const withoutLease = ({ leaseUntil: _lease, ...upload }: Claimed) => upload;

function ended(upload: Pending, { at, reportKey, fixFileKey, wroteInVain = false }: Ending) {
  const lookAgainAt = tidyAt(upload, wroteInVain, at);
  return {
    finishedAt: at,
    ...(reportKey !== undefined && { reportKey }),
    ...(fixFileKey !== undefined && { fixFileKey }),
    ...(lookAgainAt !== undefined && { lookAgainAt }),
  };
}
