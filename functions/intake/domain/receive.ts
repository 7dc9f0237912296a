import type { SegmentedUpload, UploadIn, WholeUpload } from '../../../schemas/stored/uploads.ts';
import { soonAfter } from './look-again.ts';

export type Reception =
  /** Its object has come: write `upload`, then have it checked. */
  | { readonly kind: 'mark'; readonly upload: UploadIn<'received', WholeUpload> }
  /** Known already, but the word to check it may have been lost. */
  | { readonly kind: 'remind' }
  | { readonly kind: 'ignore'; readonly why: 'under-way' | 'another-version' | 'finished' };

/** The first version to arrive is the upload; a presigned URL used again only puts a copy on top, which nobody reads. */
export function receive(
  upload: WholeUpload,
  object: { readonly versionId: string; readonly bytes: number },
  at: string,
): Reception {
  if (upload.state === 'awaiting') return { kind: 'mark', upload: received(upload, object, at) };
  if (upload.state === 'checking' || upload.state === 'held') return { kind: 'ignore', why: 'under-way' };
  if (upload.state !== 'received') return { kind: 'ignore', why: 'finished' };
  return upload.object.versionId === object.versionId ? { kind: 'remind' } : { kind: 'ignore', why: 'another-version' };
}

export const received = (
  upload: UploadIn<'awaiting', WholeUpload>,
  object: { readonly versionId: string; readonly bytes: number },
  at: string,
): UploadIn<'received', WholeUpload> => ({ ...upload, ...arrived(at), object });

/** One whose segments have come: they are objects of their own. */
export const allReceived = (
  upload: UploadIn<'awaiting', SegmentedUpload>,
  at: string,
): UploadIn<'received', SegmentedUpload> => ({ ...upload, ...arrived(at) });

const arrived = (at: string) =>
  ({ state: 'received', receivedAt: at, lookAgainAt: soonAfter('received', at, at) }) as const;
