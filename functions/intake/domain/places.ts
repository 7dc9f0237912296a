import { UploadId, type DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { StoredUpload } from '../../../schemas/contracts/uploads.ts';

/** Where an upload's bytes arrive; the key names nothing but the provider and the upload. */
export const uploadKey = (provider: DepartmentId, uploadId: UploadId): string => `uploads/${provider}/${uploadId}`;

/** Where the hub puts records that were posted: beside what providers send, of whose arrival it is told. */
export const postedKey = (provider: DepartmentId, uploadId: UploadId): string => `posted/${provider}/${uploadId}`;

/** The upload that a key in the intake bucket can belong to. */
export function uploadIdOf(key: string): UploadId | undefined {
  const parsed = UploadId.safeParse(/^uploads\/[^/]+\/([^/]+)$/.exec(key)?.[1]);
  return parsed.success ? parsed.data : undefined;
}

type Attempt = Pick<StoredUpload, 'resourceId' | 'uploadId' | 'epoch'>;

/** Every attempt writes to places of its own, so that a stale one can spoil nothing. */
export const datasetKey = ({ resourceId, uploadId, epoch }: Attempt): string =>
  `datasets/${resourceId}/${uploadId}/${epoch}.csv`;

export const reportKey = ({ uploadId, epoch }: Pick<Attempt, 'uploadId' | 'epoch'>): string =>
  `reports/${uploadId}/${epoch}.csv`;

export const fixFileKey = ({ uploadId, epoch }: Pick<Attempt, 'uploadId' | 'epoch'>): string =>
  `fixes/${uploadId}/${epoch}.csv`;
