import { UploadId, type DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { WrittenAttachment } from '../../../schemas/stored/attachments.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';

/** Where an upload's bytes arrive; the key names nothing but the provider and the upload. */
export const uploadKey = (provider: DepartmentId, uploadId: UploadId): string => `uploads/${provider}/${uploadId}`;

/** Where the hub puts records that were posted: beside what providers send, of whose arrival it is told. */
export const postedKey = (provider: DepartmentId, uploadId: UploadId): string => `posted/${provider}/${uploadId}`;

export const isPosted = ({ key }: Pick<StoredUpload, 'key'>): boolean => key.startsWith('posted/');

/** The upload that a key in the intake bucket can belong to. */
export function uploadIdOf(key: string): UploadId | undefined {
  const parsed = UploadId.safeParse(/^uploads\/[^/]+\/([^/]+)$/.exec(key)?.[1]);
  return parsed.success ? parsed.data : undefined;
}

/** Where a segment's bytes arrive; numbers count from 1. */
export const segmentKey = ({ key }: Pick<StoredUpload, 'key'>, number: number): string => `${key}/${number}`;

/** The segment of an upload that a key in the intake bucket can belong to. */
export function segmentOf(key: string): { readonly uploadId: UploadId; readonly number: number } | undefined {
  const [, uploadId, number] = /^uploads\/[^/]+\/([^/]+)\/([1-9]\d{0,3})$/.exec(key) ?? [];
  const parsed = UploadId.safeParse(uploadId);
  return parsed.success ? { uploadId: parsed.data, number: Number(number) } : undefined;
}

/** Where an attempt at a segment writes: its part of the dataset, and what is of use until the upload's verdict. */
export function segmentPlaces(
  { resourceId, uploadId }: Pick<StoredUpload, 'resourceId' | 'uploadId'>,
  { number, epoch }: { readonly number: number; readonly epoch: number },
) {
  const place = `segments/${uploadId}/${number}-${epoch}`;
  return {
    dataset: `datasets/${resourceId}/${uploadId}/${number}-${epoch}.csv`,
    report: `${place}-report.csv`,
    fixFile: `${place}-fixes.csv`,
    keys: `${place}-keys`,
    counts: `${place}-counts.json`,
  };
}

/** Where an attempt to put the segments together writes which of a segment's keys others have. */
export const collisionsKey = ({ uploadId, epoch }: Pick<StoredUpload, 'uploadId' | 'epoch'>, number: number): string =>
  `segments/${uploadId}/${number}-collisions-${epoch}`;

type Attempt = Pick<StoredUpload, 'resourceId' | 'uploadId' | 'epoch'>;

/** Every attempt writes to places of its own, so that a stale one can spoil nothing. */
export const datasetKey = ({ resourceId, uploadId, epoch }: Attempt): string =>
  `datasets/${resourceId}/${uploadId}/${epoch}.csv`;

/** Where an attempt writes an attachment: by the keyed digest of its name, which says nothing of it. */
export const attachmentKey = ({ resourceId, uploadId, epoch, digest }: WrittenAttachment): string =>
  `attachments/${resourceId}/${uploadId}/${epoch}/${digest}`;

export const reportKey = ({ uploadId, epoch }: Pick<Attempt, 'uploadId' | 'epoch'>): string =>
  `reports/${uploadId}/${epoch}.csv`;

export const fixFileKey = ({ uploadId, epoch }: Pick<Attempt, 'uploadId' | 'epoch'>): string =>
  `fixes/${uploadId}/${epoch}.csv`;
