import * as z from 'zod';
import { Instant, ResourceId, UploadId, VersionNumber } from './ids.ts';
import { PageQuery, pageOf } from './paging.ts';
import { Held, RowCounts, UploadContent, ViolationCount } from './uploads.ts';

/** A column of a dataset, over all of its rows. */
export const FieldQuality = z.strictObject({
  name: z.string(),
  /** Rows without a value. */
  missing: z.int().min(0),
  /** Different values; exact up to some thousands, beyond that an estimate within 2 %. */
  distinct: z.int().min(0),
  /** Smallest and largest value of ordered types, as the file writes them; never of personal or sensitive fields, and for the provider alone. */
  minimum: z.string().optional(),
  maximum: z.string().optional(),
});
export type FieldQuality = z.infer<typeof FieldQuality>;

/** What is known of one upload, and of the dataset that it made. */
export const Quality = z.strictObject({
  resourceId: ResourceId,
  uploadId: UploadId,
  sequence: VersionNumber,
  resourceVersion: VersionNumber,
  content: UploadContent,
  state: z.enum(['accepted', 'refused', 'held']),
  at: Instant,
  /** Of the file. */
  rows: RowCounts,
  /** By field and rule: rejections, and warnings. */
  violations: z.array(ViolationCount),
  datasetVersion: VersionNumber.optional(),
  /** Of the dataset; `drift` is its difference to the version before as a share of that one's rows. */
  datasetRows: z.int().min(0).optional(),
  drift: z.number().optional(),
  held: Held.optional(),
  /** Of the dataset; there a little later than the verdict. */
  fields: z.array(FieldQuality).optional(),
});
export type Quality = z.infer<typeof Quality>;

export const QualityQuery = z.strictObject({ ...PageQuery.shape });
export const QualityList = pageOf(Quality);
