import * as z from 'zod';
import { DepartmentId, Instant, ResourceId, Sha256, UploadId, VersionNumber } from '../contracts/ids.ts';
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

/** Why a dataset version has no representation for lookups and comparisons, and never will. */
export const UnfitReason = z.enum(['too-many-rows', 'too-large', 'unreadable-values']);
export type UnfitReason = z.infer<typeof UnfitReason>;

/** A column of the dataset by its name, and the columns of the Parquet file that have its text and its ordered text. */
export const RepresentedColumn = z.strictObject({
  field: z.string(),
  text: z.string(),
  /** None where the text is its own ordered text. */
  ordered: z.string().optional(),
});
export type RepresentedColumn = z.infer<typeof RepresentedColumn>;

const ofVersion = {
  resourceId: ResourceId,
  datasetVersion: VersionNumber,
  form: z.literal('parquet'),
};

/** A dataset version in another form than its CSV: being made, made, never to be made, or on its way out. */
export const StoredRepresentation = z.discriminatedUnion('state', [
  z.strictObject({
    ...ofVersion,
    state: z.literal('making'),
    /** Where this attempt puts its object; nobody reads there. */
    key: z.string(),
    /** When whoever is at it has certainly ended. */
    until: Instant,
  }),
  z.strictObject({
    ...ofVersion,
    state: z.enum(['made', 'dropping']),
    columns: z.array(RepresentedColumn).min(1),
    /** The fields of the primary key, in its order; none: the file is in the order of the records. */
    keyFields: z.array(z.string()).optional(),
    rows: z.int().min(0),
    /** Digest of all values, the same over the CSV and over the file. */
    values: z.string(),
    object: DatasetObject,
    /** The object's end, whose digest proves every part that is read by itself (functions/adapters/parquet/seal-file.ts). */
    tail: z.strictObject({ bytes: z.int().min(1), sha256: Sha256 }).optional(),
    madeAt: Instant,
    /** How many use it: it stays as long. */
    holds: z.int().min(0),
  }),
  z.strictObject({ ...ofVersion, state: z.literal('unfit'), reason: UnfitReason, foundAt: Instant }),
]);
export type StoredRepresentation = z.infer<typeof StoredRepresentation>;

/** One that can be read. */
export type Representation = Extract<StoredRepresentation, { state: 'made' | 'dropping' }> & { readonly state: 'made' };
