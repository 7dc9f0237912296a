import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import type { StoredUpload, UploadIn } from '../../../schemas/stored/uploads.ts';
import { after } from '../../kernel/time.ts';

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

export const declined = (): UploadRefusal => ({
  code: 'declined',
  detail: 'It was held, and its provider said that it is not right. The dataset stays as it is.',
});

/** How long an upload may wait after its arrival, for its provider's word or its turn: its file is kept for a day more at least. */
const PATIENCE_DAYS = 14;

/** When an upload has waited long enough. */
export const patienceEnds = ({ receivedAt }: Pick<UploadIn<'held'>, 'receivedAt'>): string =>
  after(receivedAt, { days: PATIENCE_DAYS });

export const waitedInVain = ({ state }: Pick<StoredUpload, 'state'>): UploadRefusal => ({
  code: 'expired',
  detail:
    state === 'held'
      ? `It was held, and nobody decided on it within ${PATIENCE_DAYS} days of its arrival. Upload it again.`
      : `For ${PATIENCE_DAYS} days an upload that was announced before it had no verdict. Announce it again.`,
});
