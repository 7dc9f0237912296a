import * as z from 'zod';
import { DepartmentId, Sha256, UploadId } from '../contracts/ids.ts';
import { Dataset } from '../contracts/resources.ts';

/** A piece of a stored dataset. */
export const DatasetObject = z.strictObject({
  key: z.string(),
  versionId: z.string(),
  bytes: z.int().min(0),
  sha256: Sha256,
});
export type DatasetObject = z.infer<typeof DatasetObject>;

/** What a dataset version was made of: a file, or records that were posted. */
export const Origin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload'), uploadId: UploadId }),
  z.strictObject({ kind: z.literal('records'), uploadId: UploadId }),
]);
export type Origin = z.infer<typeof Origin>;

/**
 * A dataset as stored: the columns that it has, in the order of the file, and its objects, which one behind the other are
 * its bytes. Its SHA-256 is that of its only object, or that of the raw digests of its several objects.
 */
export const StoredDataset = z.strictObject({
  ...Dataset.shape,
  provider: DepartmentId,
  /** Not written down before there were others than uploads. */
  origin: Origin.optional(),
  columns: z.array(z.string()),
  objects: z.array(DatasetObject).min(1),
});
export type StoredDataset = z.infer<typeof StoredDataset>;
