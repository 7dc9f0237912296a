import * as z from 'zod';
import { AgreementState } from './agreements.ts';
import { Mode, ShareType } from './definition.ts';
import { DemandState } from './demands.ts';
import { CalendarDate, DemandId, DepartmentId, Instant, ResourceId, ThemeId, VersionNumber } from './ids.ts';
import { PageQuery, pageOf } from './paging.ts';
import { Frequency } from './terms.ts';
import { Line, Paragraph } from './text.ts';

/** An application that several departments share for; resources name it in `themes` of their definition. */
export const Theme = z.strictObject({
  themeId: ThemeId,
  name: Line.min(1).max(200),
  nameEn: Line.max(200).optional(),
  /** Compiles the theme; belongs to it as its members do. */
  lead: DepartmentId,
  members: z.array(DepartmentId),
  purpose: Paragraph.min(1).max(2000),
  definedAt: Instant,
  changedAt: Instant,
});
export type Theme = z.infer<typeof Theme>;

export const MAX_MEMBERS = 200;

export const ThemeBody = z.strictObject({
  name: Theme.shape.name,
  nameEn: Theme.shape.nameEn,
  lead: DepartmentId,
  members: z.array(DepartmentId).max(MAX_MEMBERS).default([]),
  purpose: Theme.shape.purpose,
});
export type ThemeBody = z.infer<typeof ThemeBody>;

export const ThemeQuery = z.strictObject({
  ...PageQuery.shape,
  /** Those that this department leads or is a member of. */
  member: DepartmentId.optional(),
});
export type ThemeQuery = z.infer<typeof ThemeQuery>;
export const ThemeList = pageOf(Theme);

/** The first thing that a need lacks, in the order in which they come about. */
export const Gap = z.enum([
  'not-matched',
  'not-agreed',
  'under-negotiation',
  'suspended',
  'not-delivered',
  'behind',
  'source-late',
  'declined',
  'withdrawn',
]);
export type Gap = z.infer<typeof Gap>;

/** One need on a theme's sheet: how far it has come, since when, and what is missing first. */
export const Need = z.strictObject({
  demandId: DemandId,
  title: z.string(),
  demander: DepartmentId,
  state: DemandState,
  mode: Mode,
  frequency: Frequency,
  neededBy: CalendarDate.optional(),
  /** Needed by a day that has passed, and not delivered. */
  overdue: z.boolean(),
  /** A resource of the catalog is named for it. */
  catalogued: z.boolean(),
  resourceId: ResourceId.optional(),
  provider: DepartmentId.optional(),
  shareType: ShareType.optional(),
  cataloguedAt: Instant.optional(),
  /** An agreement for it is filed. */
  agreed: z.boolean(),
  agreementState: AgreementState.optional(),
  agreedAt: Instant.optional(),
  /** Something was released under it. */
  delivered: z.boolean(),
  deliveredAt: Instant.optional(),
  datasetVersion: VersionNumber.optional(),
  /** The newest that is due was delivered, and its source keeps to its update cycle. */
  current: z.boolean(),
  /** When the newest dataset of the resource was committed. */
  datasetAt: Instant.optional(),
  gap: Gap.optional(),
});
export type Need = z.infer<typeof Need>;

export const CoverageQuery = z.strictObject({ format: z.enum(['csv']).optional() });

/** A theme's sheet. Withdrawn needs are listed and not counted, but for their own count. */
export const Coverage = z.strictObject({
  themeId: ThemeId,
  asOf: Instant,
  summary: z.strictObject({
    needs: z.int().min(0),
    catalogued: z.int().min(0),
    agreed: z.int().min(0),
    delivered: z.int().min(0),
    current: z.int().min(0),
    overdue: z.int().min(0),
    declined: z.int().min(0),
    withdrawn: z.int().min(0),
  }),
  items: z.array(Need),
});
export type Coverage = z.infer<typeof Coverage>;
