import type { Quality } from '../../../schemas/contracts/quality.ts';
import type { DecideUploadBody, StoredUpload, UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { after } from '../../kernel/time.ts';
import { refused } from './finish.ts';
import { qualityOf } from './quality.ts';
import { declined } from './refusals.ts';

export type Deciding =
  | { readonly kind: 'confirm'; readonly upload: StoredUpload }
  | { readonly kind: 'decline'; readonly upload: StoredUpload; readonly quality: Quality | undefined }
  /** The same was said before. */
  | { readonly kind: 'said-before' }
  | { readonly kind: 'wrong-state' };

/** What a provider's word does to an upload. Said twice it changes nothing; taken back it cannot be. */
export function decide(upload: StoredUpload, { decision, reason }: DecideUploadBody, at: string): Deciding {
  const said = { ...upload, ...(reason !== undefined && { reason }) };
  if (upload.state === 'held')
    return decision === 'accept'
      ? { kind: 'confirm', upload: confirmed(said, at) }
      : { kind: 'decline', ...givenUp(said, declined(), at) };
  const saidBefore = decision === 'accept' ? upload.confirmedAt !== undefined : upload.refusal?.code === 'declined';
  return { kind: saidBefore ? 'said-before' : 'wrong-state' };
}

const RECEIVED_SECONDS = 60;

/** It keeps what the check found: until it is checked again, that is what is known of it. */
const confirmed = (upload: StoredUpload, at: string): StoredUpload => ({
  ...upload,
  state: 'received',
  confirmedAt: at,
  lookAgainAt: after(at, { seconds: RECEIVED_SECONDS }),
});

/** An upload that waited, held or for its turn, and comes to nothing. What attempts at it wrote went then, or goes now. */
export function givenUp(
  upload: StoredUpload,
  refusal: UploadRefusal,
  at: string,
): { readonly upload: StoredUpload; readonly quality: Quality | undefined } {
  const next = refused(upload, refusal, { at, wroteInVain: true });
  return {
    upload: next,
    quality: qualityOf(next, { at, datasetRows: upload.held?.rows, previousRows: upload.held?.previousRows }),
  };
}
