import * as z from 'zod';
import { UpdateCycle, ResourceDefinition } from '../contracts/definition.ts';
import { AgreementId, CalendarDate, DepartmentId, Instant, ResourceId, VersionNumber } from '../contracts/ids.ts';
import { CataloguedResource, ResourceCode, ResourceSummary, ResourceVersion } from '../contracts/resources.ts';
import { jsonText } from './json-text.ts';

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
  /** When that dataset was committed. */
  datasetAt: Instant.optional(),
  /** Of the newest version. */
  updateCycle: UpdateCycle.optional(),
  resourceCode: ResourceCode.optional(),
  /**
   * The newest version, as long as none ever offered anything but deliveries: no dataset is represented, nor has one been.
   * Another number says nothing: an earlier release published what came after it.
   */
  deliveredOnly: VersionNumber.optional(),
  /** Of the first version: the day from which a first dataset is waited for. */
  publishedAt: Instant.optional(),
  ...CataloguedResource.pick({ deprecation: true, retiredAt: true, retirement: true }).shape,
});
export type ResourceHead = z.infer<typeof ResourceHead>;

/** Left by a publication for the agreements that it breaks, or repairs, until each of them knows. */
export const BreakingMark = z.strictObject({
  resourceId: ResourceId,
  /** The version that breaks or repairs them. */
  resourceVersion: VersionNumber,
  /** The last day on which they can be amended. */
  graceUntil: CalendarDate,
  /** Terms that it breaks, also those under negotiation: they may be filed at the same moment. */
  affected: z.array(
    z.strictObject({
      agreementId: AgreementId,
      termsVersion: VersionNumber,
      /** Fields of these terms that are lost or altered; of a great many the first. */
      fields: z.array(z.string()),
    }),
  ),
  /** Agreements whose terms in force an earlier version broke and this one does not. */
  repaired: z.array(AgreementId).optional(),
  /** Of a version that concerns more agreements than an item holds: which of its marks, from 2. */
  part: z.int().min(2).optional(),
});
export type BreakingMark = z.infer<typeof BreakingMark>;

/**
 * What is still to be done about the end of a resource: tell its consumers (`deprecated`, `retired`), or retire it on the
 * day that its deprecation named (`retire`), or since what it is derived of has ended (`source-ended`).
 */
export const ResourceMark = z.strictObject({
  resourceId: ResourceId,
  event: z.enum(['deprecated', 'retired', 'retire', 'source-ended']),
  /** When the act was that left it. */
  at: Instant,
  by: DepartmentId.optional(),
  retireOn: CalendarDate.optional(),
});
export type ResourceMark = z.infer<typeof ResourceMark>;

/** Every writer of the head item changes its own attributes only; a reader takes those it knows. */
export const HeadItem = z.object(ResourceHead.shape);

export const VersionItem = ResourceVersion.extend({ definition: jsonText(ResourceDefinition) });

/** What was published, and beside it what became of the resource: writers of the one leave the other alone. */
export const EntryItem = z.object({
  changedIn: z.int(),
  about: z.object({
    summary: ResourceSummary,
    description: z.string(),
    fields: z.array(
      z.object({
        name: z.string(),
        title: z.string().optional(),
        titleEn: z.string().optional(),
        provider: DepartmentId.optional(),
      }),
    ),
  }),
  deprecation: ResourceHead.shape.deprecation,
  retiredAt: ResourceHead.shape.retiredAt,
});
