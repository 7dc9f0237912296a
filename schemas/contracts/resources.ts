import { z } from 'zod';
import { Mode, ResourceDefinition, ShareType, UpdateCycle } from './definition.ts';
import { DepartmentId, Instant, ResourceId, Sha256, UploadId, VersionNumber } from './ids.ts';
import { PageQuery, pageOf } from './paging.ts';

/** A published definition; never changed once written. */
export const ResourceVersion = z.strictObject({
  resourceId: ResourceId,
  version: VersionNumber,
  provider: DepartmentId,
  publishedAt: Instant,
  /** A deployment never overwrites what a provider published. */
  publishedBy: z.enum(['provider', 'deployment']).default('provider'),
  digest: Sha256,
  definition: ResourceDefinition,
});
export type ResourceVersion = z.infer<typeof ResourceVersion>;

export const PublishBody = z.strictObject({
  ...ResourceDefinition.shape,
  /** Says that the listed changes are known to break consumers and are wanted all the same. */
  breaking: z.literal('accepted').optional(),
});
export type PublishBody = z.infer<typeof PublishBody>;

/** What a search answers: enough to choose, without the schema. */
export const ResourceSummary = z.strictObject({
  resourceId: ResourceId,
  version: VersionNumber,
  title: z.string(),
  titleEn: z.string().optional(),
  provider: DepartmentId,
  themes: z.array(z.string()),
  shareType: ShareType,
  modes: z.array(Mode),
  updateCycle: UpdateCycle,
  publishedAt: Instant,
});
export type ResourceSummary = z.infer<typeof ResourceSummary>;

export const ResourceQuery = z.strictObject({
  ...PageQuery.shape,
  text: z.string().min(1).max(200).optional(),
  provider: DepartmentId.optional(),
  theme: z.string().min(1).max(50).optional(),
  shareType: ShareType.optional(),
});
export type ResourceQuery = z.infer<typeof ResourceQuery>;

export const ResourceList = pageOf(ResourceSummary);

/** The accepted content of a resource after one upload. */
export const Dataset = z.strictObject({
  resourceId: ResourceId,
  datasetVersion: VersionNumber,
  resourceVersion: VersionNumber,
  uploadId: UploadId,
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: Sha256,
  committedAt: Instant,
});
export type Dataset = z.infer<typeof Dataset>;

export const DatasetList = pageOf(Dataset);

/** A piece of a stored dataset. */
export const DatasetObject = z.strictObject({
  key: z.string(),
  versionId: z.string(),
  bytes: z.int().min(0),
  sha256: Sha256,
});
export type DatasetObject = z.infer<typeof DatasetObject>;

/**
 * A dataset as stored: the columns that it has, in the order of the file, and its objects, which one behind the other are
 * its bytes. Its SHA-256 is that of its only object, or that of the raw digests of its several objects.
 */
export const StoredDataset = z.strictObject({
  ...Dataset.shape,
  provider: DepartmentId,
  columns: z.array(z.string()),
  objects: z.array(DatasetObject).min(1),
});
export type StoredDataset = z.infer<typeof StoredDataset>;

/** The moving part of a resource: what is newest. Everything else about it is written once. */
export const ResourceHead = z.strictObject({
  resourceId: ResourceId,
  provider: DepartmentId,
  latestVersion: VersionNumber,
  /** Sequence number of the newest upload that was announced; 0 before the first. */
  lastSequence: z.int().min(0),
  /** Sequence number of the upload whose dataset is current; 0 before the first. */
  committedSequence: z.int().min(0),
  /** Newest dataset version; 0 before the first. */
  datasetVersion: z.int().min(0),
});
export type ResourceHead = z.infer<typeof ResourceHead>;
