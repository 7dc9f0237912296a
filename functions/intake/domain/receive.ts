import type { StoredUpload } from '../../../schemas/contracts/uploads.ts';
import { lookAgainAt } from './look-again.ts';

export type Reception =
  /** Its object has come: write `upload`, then have it checked. */
  | { readonly kind: 'mark'; readonly upload: StoredUpload }
  /** Known already, but the word to check it may have been lost. */
  | { readonly kind: 'remind' }
  | { readonly kind: 'ignore'; readonly why: 'under-way' | 'another-version' | 'finished' };

/** The first version to arrive is the upload; a presigned URL used again only puts a copy on top, which nobody reads. */
export function receive(
  upload: StoredUpload,
  object: { readonly versionId: string; readonly bytes: number },
  at: string,
): Reception {
  if (upload.state === 'awaiting') return { kind: 'mark', upload: received(upload, object, at) };
  if (upload.state === 'checking' || upload.state === 'held') return { kind: 'ignore', why: 'under-way' };
  if (upload.state !== 'received') return { kind: 'ignore', why: 'finished' };
  return upload.object?.versionId === object.versionId
    ? { kind: 'remind' }
    : { kind: 'ignore', why: 'another-version' };
}

/** @param object left out for one whose segments have come: they are objects of their own */
export function received(
  upload: StoredUpload,
  object: { readonly versionId: string; readonly bytes: number } | undefined,
  at: string,
): StoredUpload {
  const next = { ...upload, state: 'received' as const, receivedAt: at, ...(object && { object }) };
  return { ...next, lookAgainAt: lookAgainAt(next, at) };
}
