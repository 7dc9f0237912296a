import * as z from 'zod';
import { FieldType, Mode, ShareType } from './definition.ts';
import {
  AgreementId,
  CalendarDate,
  DemandId,
  DepartmentId,
  Instant,
  ResourceId,
  ThemeId,
  VersionNumber,
} from './ids.ts';
import { Numeral, PageQuery, pageOf } from './paging.ts';
import { DeliveryTerms, Frequency, Terms } from './terms.ts';
import { Line, Paragraph } from './text.ts';

/**
 * open: nothing is found for it · matched: a resource is named · negotiating: an agreement for it is under way or in force ·
 * satisfied: and something was released under that, or may be asked · declined: by all who were asked · withdrawn: by the demander.
 */
export const DemandState = z.enum(['open', 'matched', 'negotiating', 'satisfied', 'declined', 'withdrawn']);
export type DemandState = z.infer<typeof DemandState>;

export const DemandAction = z.enum(['match', 'draft', 'decline', 'withdraw']);
export type DemandAction = z.infer<typeof DemandAction>;

/** As far as the demander knows it; a name of its own will do. */
export const DemandField = z.strictObject({
  name: Line.min(1).max(200),
  title: Line.max(200).optional(),
  type: FieldType.optional(),
});
export type DemandField = z.infer<typeof DemandField>;

/** Each is told of the demand in the transaction that states it (100 writes at most). */
export const MAX_ASKED = 40;

export const DemandBody = z.strictObject({
  title: Line.min(1).max(200),
  fields: z.array(DemandField).max(200).default([]),
  description: Paragraph.min(1).max(5000).optional(),
  /** Departments that are asked for it. */
  from: z.array(DepartmentId).max(MAX_ASKED).default([]),
  /** Where the demander knows already what would satisfy it. */
  resourceId: ResourceId.optional(),
  mode: Mode.default('delivery'),
  frequency: Frequency.default('on-arrival'),
  purpose: Paragraph.min(1).max(2000),
  legalBasis: Paragraph.min(1).max(2000),
  /** The last day on which it is of use that nothing has come yet. */
  neededBy: CalendarDate.optional(),
});
export type DemandBody = z.infer<typeof DemandBody>;

export const Reason = Paragraph.min(1).max(2000);

export const Decline = z.strictObject({ department: DepartmentId, at: Instant, reason: Reason });
export type Decline = z.infer<typeof Decline>;

/** The resource that is to satisfy a demand, and who named it. */
export const Match = z.strictObject({ resourceId: ResourceId, provider: DepartmentId, by: DepartmentId, at: Instant });
export type Match = z.infer<typeof Match>;

export const Demand = z.strictObject({
  demandId: DemandId,
  /** The theme in whose demand catalog it stands. */
  themeId: ThemeId.optional(),
  demander: DepartmentId,
  ...DemandBody.omit({ resourceId: true }).shape,
  statedAt: Instant,
  changedAt: Instant,
  match: Match.optional(),
  /** A department that is asked, and no more, sees its own alone. */
  declines: z.array(Decline),
  withdrawal: z.strictObject({ at: Instant, reason: Reason.optional() }).optional(),
  state: DemandState,
  /** The agreement for it; for its parties, the authority and auditors. */
  agreementId: AgreementId.optional(),
});
export type Demand = z.infer<typeof Demand>;

/** What a department is to a demand: it stated it, is asked, or belongs to its theme. */
export const DemandRole = z.enum(['demander', 'asked', 'theme']);
export type DemandRole = z.infer<typeof DemandRole>;

export const DemandQuery = z.strictObject({
  ...PageQuery.shape,
  theme: ThemeId.optional(),
  state: DemandState.optional(),
  role: DemandRole.optional(),
});
export type DemandQuery = z.infer<typeof DemandQuery>;
export const DemandList = pageOf(Demand);

export const MatchBody = z.strictObject({ resourceId: ResourceId });
export const DeclineBody = z.strictObject({ reason: Reason });
export const WithdrawBody = z.strictObject({ reason: Reason.optional() });

/** Why an entry of the catalog is proposed: what of the demand was found in it. */
export const MatchReason = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), words: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('fields'),
    found: z.array(
      z.strictObject({ wanted: z.string(), field: z.string(), by: z.enum(['name', 'title', 'likeness']) }),
    ),
    missing: z.array(z.string()),
  }),
  /** Values of a field's code list that the demand speaks of. */
  z.strictObject({ kind: z.literal('codes'), field: z.string(), values: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('theme'), themeId: ThemeId }),
  z.strictObject({ kind: z.literal('asked'), provider: DepartmentId }),
]);
export type MatchReason = z.infer<typeof MatchReason>;

export const ProposedMatch = z.strictObject({
  resourceId: ResourceId,
  version: VersionNumber,
  title: z.string(),
  titleEn: z.string().optional(),
  provider: DepartmentId,
  shareType: ShareType,
  /** 0 to 1; comparable within one answer only. */
  score: z.number().min(0).max(1),
  reasons: z.array(MatchReason).min(1),
});
export type ProposedMatch = z.infer<typeof ProposedMatch>;

/** So many are proposed at most; whoever wants more searches the catalog. */
export const MAX_PROPOSED = 20;
export const MatchesQuery = z.strictObject({ limit: Numeral.int().min(1).max(MAX_PROPOSED).default(10) });
export const MatchList = z.strictObject({ items: z.array(ProposedMatch) });

const { fields, filter, mask, mode, content, format, frequency, at, justification, reshare, duties } =
  DeliveryTerms.shape;

/** Terms that stand in place of the drafted ones; what is left out stays as drafted. */
export const TermsChanges = z.strictObject({
  fields: fields.optional(),
  filter: filter.unwrap().optional(),
  mask: mask.unwrap().optional(),
  mode: mode.unwrap().optional(),
  content: content.unwrap().optional(),
  format: format.unwrap().optional(),
  frequency: frequency.unwrap().optional(),
  at: at.unwrap().optional(),
  justification,
  reshare,
  purpose: DeliveryTerms.shape.purpose.optional(),
  legalBasis: DeliveryTerms.shape.legalBasis.optional(),
  validFrom: CalendarDate.optional(),
  validTo: CalendarDate.optional(),
  duties: duties.unwrap().optional(),
} satisfies Readonly<Record<keyof DeliveryTerms, z.ZodType>>);
export type TermsChanges = z.infer<typeof TermsChanges>;

export const DraftBody = z.strictObject({
  /** Names the match in the same call; the one that is named already if left out. */
  resourceId: ResourceId.optional(),
  terms: TermsChanges.prefault({}),
});
export type DraftBody = z.infer<typeof DraftBody>;

/** A drafted agreement: the body of `POST /v1/agreements`, which proposes it. */
export const DraftedAgreement = z.strictObject({ resourceId: ResourceId, terms: Terms, demandId: DemandId });
export type DraftedAgreement = z.infer<typeof DraftedAgreement>;
