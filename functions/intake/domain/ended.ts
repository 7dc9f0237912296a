import type { StoredUpload, UploadIn } from '../../../schemas/stored/uploads.ts';

/** An upload that has its verdict. */
export type Ended = UploadIn<'accepted' | 'refused'>;
export type Pending = Exclude<StoredUpload, Ended>;

export const isEnded = (upload: StoredUpload): upload is Ended =>
  upload.state === 'accepted' || upload.state === 'refused';
