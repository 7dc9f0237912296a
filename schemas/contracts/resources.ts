import * as z from 'zod';
import { CategoryCode } from './categories.ts';
import { FormatClass, Mode, Openness, ResourceDefinition, ShareType, UpdateCycle } from './definition.ts';
import { CalendarDate, DepartmentId, Instant, ResourceId, Sha256, UploadId, VersionNumber } from './ids.ts';
import { PageQuery, pageOf } from './paging.ts';
import { Line, Paragraph } from './text.ts';

/** 信息资源代码: the digits of the category, `/`, and a number that the hub gives within it, e.g. `102001/0003`. */
export const ResourceCode = z.string().regex(/^\d+\/\d{4,9}$/, 'digits of a category, / and a number');
export type ResourceCode = z.infer<typeof ResourceCode>;

/** A published definition; never changed once written. */
export const ResourceVersion = z.strictObject({
  resourceId: ResourceId,
  version: VersionNumber,
  provider: DepartmentId,
  publishedAt: Instant,
  /** A deployment never overwrites what a provider published. */
  publishedBy: z.enum(['provider', 'deployment']).default('provider'),
  digest: Sha256,
  /** Of a definition with a category. The next version of the same category keeps it. */
  resourceCode: ResourceCode.optional(),
  definition: ResourceDefinition,
});
export type ResourceVersion = z.infer<typeof ResourceVersion>;

/** Who ended a resource, or said that it will end: its provider, or the hub for a department that was closed. */
const EndedBy = z.union([DepartmentId, z.literal('hub')]);
const EndReason = Paragraph.min(1).max(2000);

export const DeprecateBody = z.strictObject({
  /** The day on which the hub retires it, in the hub's time zone. */
  retireOn: CalendarDate,
  reason: EndReason,
  replacedBy: ResourceId.optional(),
});
export type DeprecateBody = z.infer<typeof DeprecateBody>;

export const RetireBody = z.strictObject({ reason: EndReason });
export type RetireBody = z.infer<typeof RetireBody>;

/** It will be retired, and everybody may know why and what to use instead. */
export const Deprecation = z.strictObject({ ...DeprecateBody.shape, at: Instant, by: EndedBy });
export type Deprecation = z.infer<typeof Deprecation>;

/** It takes no more uploads and no new agreements; those in force go on with what was delivered last. */
export const Retirement = z.strictObject({ ...RetireBody.shape, by: EndedBy, replacedBy: ResourceId.optional() });
export type Retirement = z.infer<typeof Retirement>;

/** Whether a resource will end, or has. */
const lifeOfResource = {
  deprecation: Deprecation.optional(),
  retiredAt: Instant.optional(),
  retirement: Retirement.optional(),
};

/** The newest version of a resource as it stands in the catalog. */
export const CataloguedResource = z.strictObject({ ...ResourceVersion.shape, ...lifeOfResource });
export type CataloguedResource = z.infer<typeof CataloguedResource>;

/** Another entry of the catalog that may be the same thing; `score` is the mean of what both share of title and of fields. */
export const SimilarResource = z.strictObject({
  resourceId: ResourceId,
  title: z.string(),
  provider: DepartmentId,
  reason: z.enum(['fields', 'title', 'fields-and-title']),
  /** 0 to 1, two decimals. */
  score: z.number().min(0).max(1),
});
export type SimilarResource = z.infer<typeof SimilarResource>;

/** What a publication answers: the version, and of a first version what else the catalog has that is like it. */
export const PublishedResource = z.strictObject({
  ...ResourceVersion.shape,
  similar: z.array(SimilarResource).max(5).optional(),
});
export type PublishedResource = z.infer<typeof PublishedResource>;

export const PublishBody = z.strictObject({
  ...ResourceDefinition.shape,
  /** Says that the listed changes are known to break consumers and are wanted all the same. */
  breaking: z.literal('accepted').optional(),
  /** Days in which agreements that it breaks can be amended; after the last one the hub suspends them. Default 90. */
  graceDays: z.int().min(0).max(365).optional(),
});
export type PublishBody = z.infer<typeof PublishBody>;

/** What a search answers: enough to choose, without the schema. */
export const ResourceSummary = z.strictObject({
  resourceId: ResourceId,
  version: VersionNumber,
  title: z.string(),
  titleEn: z.string().optional(),
  provider: DepartmentId,
  category: z.string().optional(),
  resourceCode: ResourceCode.optional(),
  formatClass: FormatClass.optional(),
  themes: z.array(z.string()),
  shareType: ShareType,
  open: Openness.optional(),
  modes: z.array(Mode),
  updateCycle: UpdateCycle,
  publishedAt: Instant,
  deprecation: Deprecation.optional(),
  retiredAt: Instant.optional(),
});
export type ResourceSummary = z.infer<typeof ResourceSummary>;

export const ResourceQuery = z.strictObject({
  ...PageQuery.shape,
  /** Words, all of which an entry has to have; results then come best first, otherwise in order of id. */
  text: Line.min(1).max(200).optional(),
  /** Of the resource, or of one of its fields. */
  provider: DepartmentId.optional(),
  theme: Line.min(1).max(50).optional(),
  shareType: ShareType.optional(),
  /** A branch of the category tree, e.g. `1-02`. */
  category: CategoryCode.optional(),
  /** Part of a field's name or title. */
  field: Line.min(1).max(200).optional(),
  updateCycle: UpdateCycle.optional(),
  retired: z.enum(['include']).optional(),
  format: z.enum(['csv']).optional(),
});
export type ResourceQuery = z.infer<typeof ResourceQuery>;

export const ResourceList = pageOf(ResourceSummary);

/** The content of a resource after one upload, or as one run of its derivation made it. */
export const Dataset = z.strictObject({
  resourceId: ResourceId,
  datasetVersion: VersionNumber,
  resourceVersion: VersionNumber,
  /** None where it is derived. */
  uploadId: UploadId.optional(),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: Sha256,
  committedAt: Instant,
});
export type Dataset = z.infer<typeof Dataset>;

/** Why a dataset version can be delivered, and never looked up or compared with. */
export const UnfitReason = z.enum(['too-many-rows', 'too-large', 'unreadable-values']);
export type UnfitReason = z.infer<typeof UnfitReason>;

/** With what lookups and comparisons wait for, where the resource is offered for them. */
export const ListedDataset = z.strictObject({
  ...Dataset.shape,
  representation: z
    .discriminatedUnion('state', [
      z.strictObject({ state: z.enum(['making', 'made']) }),
      z.strictObject({ state: z.literal('unfit'), reason: UnfitReason }),
    ])
    .optional(),
});
export type ListedDataset = z.infer<typeof ListedDataset>;

export const DatasetList = pageOf(ListedDataset);

/** A resource whose next dataset is overdue, by the update cycle that its provider declared. */
export const LateResource = z.strictObject({
  resourceId: ResourceId,
  title: z.string(),
  provider: DepartmentId,
  updateCycle: UpdateCycle,
  /** Of the last dataset; absent where none ever came. */
  datasetAt: Instant.optional(),
  /** The day on which the next one was due, in the hub's time zone. */
  due: CalendarDate,
  daysLate: z.int().min(0),
});
export type LateResource = z.infer<typeof LateResource>;

export const LateQuery = z.strictObject({
  ...PageQuery.shape,
  provider: DepartmentId.optional(),
  format: z.enum(['csv']).optional(),
});
export const LateList = pageOf(LateResource);
