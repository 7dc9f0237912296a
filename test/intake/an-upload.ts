import { createHash } from 'node:crypto';
import type { UploadState } from '../../schemas/contracts/uploads.ts';
import type { AcceptedRecords, StoredUpload, UploadIn, WholeUpload } from '../../schemas/stored/uploads.ts';
import { anId, department, instant, resource, sha256 } from '../support/builders.ts';

export const digest = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('base64');

export const later = (seconds: number, from = instant): string =>
  new Date(Date.parse(from) + seconds * 1000).toISOString();

type Member<U> = U extends unknown ? keyof U : never;
type Value<U, K extends PropertyKey> = U extends unknown ? (K extends keyof U ? U[K] : never) : never;

/** Any member that uploads have in any state. */
export type UploadChanges = { readonly [K in Member<StoredUpload>]?: Value<StoredUpload, K> | undefined };

/** An upload that a test looks at without asking for its state first. */
export type AnyUpload = StoredUpload & UploadChanges;

/** Announced at `instant`, awaited for an hour. */
export const anUpload = (changes: UploadChanges = {}): UploadIn<'awaiting', WholeUpload> => {
  const uploadId = changes.uploadId ?? anId(500);
  return {
    uploadId,
    resourceId: resource('legal-entities'),
    resourceVersion: 1,
    provider: department('quality'),
    sequence: 1,
    content: 'snapshot',
    format: 'csv',
    encoding: 'utf-8',
    bytes: 100,
    sha256,
    state: 'awaiting',
    announcedAt: instant,
    expiresAt: later(3600),
    key: `uploads/${changes.provider ?? 'quality'}/${uploadId}`,
    session: 'clerk-7',
    epoch: 0,
    lookAgainAt: later(120),
    ...changes,
  } as UploadIn<'awaiting', WholeUpload>;
};

const arrived = { receivedAt: later(10), object: { versionId: 'v1', bytes: 100 } };
const checked = { ...arrived, epoch: 1 };
const found = { rows: { read: 2, accepted: 2, rejected: 0 }, violations: [] };

const inOne =
  <S extends UploadState>(state: S, own: UploadChanges) =>
  (changes: UploadChanges = {}): UploadIn<S, WholeUpload> => {
    const { lookAgainAt: _mark, ...upload } = { ...anUpload(changes), ...own, ...changes, state };
    const { lookAgainAt } = 'lookAgainAt' in changes ? changes : own;
    const isUnderWay = own.lookAgainAt !== undefined;
    return { ...upload, ...(isUnderWay && { lookAgainAt }) } as unknown as UploadIn<S, WholeUpload>;
  };

/** The same upload in each state that it can be in. */
export const inState = {
  awaiting: inOne('awaiting', { lookAgainAt: later(120) }),
  received: inOne('received', { ...arrived, lookAgainAt: later(70) }),
  checking: inOne('checking', { ...checked, leaseUntil: later(80), lookAgainAt: later(80) }),
  held: inOne('held', {
    ...checked,
    ...found,
    held: { reason: 'row-count', previousRows: 9, rows: 2, limit: 0.5 },
    lookAgainAt: later(14 * 86_400),
  }),
  accepted: inOne('accepted', { ...checked, ...found, finishedAt: later(20), datasetVersion: 1 }) as (
    changes?: UploadChanges,
  ) => Extract<WholeUpload, AcceptedRecords>,
  refused: inOne('refused', { ...checked, finishedAt: later(20), refusal: { code: 'header', detail: 'columns' } }),
};
