import { createHash } from 'node:crypto';
import type { StoredUpload } from '../../schemas/contracts/uploads.ts';
import { anId, department, instant, resource, sha256 } from '../support/builders.ts';

export const digest = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('base64');

export const later = (seconds: number, from = instant): string =>
  new Date(Date.parse(from) + seconds * 1000).toISOString();

/** Announced at `instant`, awaited for an hour. */
export const anUpload = (changes: Partial<StoredUpload> = {}): StoredUpload => {
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
  };
};

const object = { versionId: 'v1', bytes: 100 };

/** The same upload in each state that it can be in. */
export const inState = {
  awaiting: (changes: Partial<StoredUpload> = {}) => anUpload(changes),
  received: (changes: Partial<StoredUpload> = {}) =>
    anUpload({ state: 'received', receivedAt: later(10), object, lookAgainAt: later(70), ...changes }),
  checking: (changes: Partial<StoredUpload> = {}) =>
    anUpload({
      state: 'checking',
      receivedAt: later(10),
      object,
      epoch: 1,
      leaseUntil: later(80),
      lookAgainAt: later(80),
      ...changes,
    }),
  held: (changes: Partial<StoredUpload> = {}) =>
    anUpload({
      state: 'held',
      receivedAt: later(10),
      object,
      epoch: 1,
      rows: { read: 2, accepted: 2, rejected: 0 },
      violations: [],
      held: { reason: 'row-count', previousRows: 9, rows: 2, limit: 0.5 },
      lookAgainAt: later(14 * 86_400),
      ...changes,
    }),
  accepted: (changes: Partial<StoredUpload> = {}) =>
    finished({ state: 'accepted', datasetVersion: 1, rows: { read: 2, accepted: 2, rejected: 0 }, ...changes }),
  refused: (changes: Partial<StoredUpload> = {}) =>
    finished({ state: 'refused', refusal: { code: 'header', detail: 'columns' }, ...changes }),
};

function finished(changes: Partial<StoredUpload>): StoredUpload {
  const { lookAgainAt: _, ...upload } = anUpload({
    receivedAt: later(10),
    finishedAt: later(20),
    object,
    epoch: 1,
    ...changes,
  });
  return upload;
}
