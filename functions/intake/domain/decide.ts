import type { Quality } from '../../../schemas/contracts/quality.ts';
import type { DecideUploadBody, UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { StoredUpload, UploadIn } from '../../../schemas/stored/uploads.ts';
import { after } from '../../kernel/time.ts';
import type { Pending } from './ended.ts';
import { refused } from './finish.ts';
import { qualityOf } from './quality.ts';
import { declined } from './refusals.ts';

export type Deciding =
  | { readonly kind: 'confirm'; readonly upload: UploadIn<'received'> }
  | { readonly kind: 'decline'; readonly upload: UploadIn<'refused'>; readonly quality: Quality | undefined }
  /** The same was said before. */
  | { readonly kind: 'said-before' }
  | { readonly kind: 'wrong-state' };

/** What a provider's word does to an upload. Said twice it changes nothing; taken back it cannot be. */
export function decide(upload: StoredUpload, { decision, reason }: DecideUploadBody, at: string): Deciding {
  const said = reason !== undefined && { reason };
  if (upload.state === 'awaiting') return { kind: 'wrong-state' };
  if (upload.state !== 'held') return { kind: isSaid(upload, decision) ? 'said-before' : 'wrong-state' };
  if (decision === 'accept') return { kind: 'confirm', upload: { ...confirmed(upload, at), ...said } };
  const { upload: next, quality } = givenUp(upload, declined(), at);
  return { kind: 'decline', upload: { ...next, ...said }, quality };
}

const isSaid = (
  upload: Exclude<StoredUpload, UploadIn<'awaiting' | 'held'>>,
  decision: DecideUploadBody['decision'],
): boolean =>
  decision === 'accept'
    ? upload.confirmedAt !== undefined
    : upload.state === 'refused' && upload.refusal.code === 'declined';

const RECEIVED_SECONDS = 60;

/** It keeps what the check found: until it is checked again, that is what is known of it. */
const confirmed = (upload: UploadIn<'held'>, at: string): UploadIn<'received'> => ({
  ...upload,
  state: 'received',
  confirmedAt: at,
  lookAgainAt: after(at, { seconds: RECEIVED_SECONDS }),
});

/** An upload that waited, held or for its turn, and comes to nothing. What attempts at it wrote went then, or goes now. */
export function givenUp(
  upload: Pending,
  refusal: UploadRefusal,
  at: string,
): { readonly upload: UploadIn<'refused'>; readonly quality: Quality | undefined } {
  const next = refused(upload, refusal, { at, wroteInVain: true });
  return {
    upload: next,
    quality: qualityOf(next, { at, datasetRows: next.held?.rows, previousRows: next.held?.previousRows }),
  };
}
