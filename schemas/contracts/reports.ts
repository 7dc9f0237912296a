import * as z from 'zod';
import { AgreementState, Words } from './agreements.ts';
import {
  AgreementId,
  ComparisonId,
  DeliveryId,
  DepartmentId,
  Instant,
  LookupId,
  ResourceId,
  VersionNumber,
} from './ids.ts';
import { Cursor, Numeral, PageQuery, pageOf } from './paging.ts';
import { ComparisonKind } from './terms.ts';

/** A calendar month in the hub's time zone, `YYYY-MM`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM');

/** A delivery is late that was released more than this long after it could have been. */
export const LATE_SECONDS = 900;

const count = z.int().min(0);

/** What was asked instead of copied, and what there was to tell. */
export const AskedFigures = z.strictObject({
  /** Calls that looked records up; the keys that they asked about, and those that a record was shown for. */
  lookups: count,
  keysLookedUp: count,
  recordsShown: count,
  /** Lists that were compared, their rows, and how many of these matched; of results that were withheld no matches. */
  comparisons: count,
  comparedRows: count,
  comparisonHits: count,
});
export type AskedFigures = z.infer<typeof AskedFigures>;

/** What the hub counts of what was exchanged. */
export const ExchangeFigures = z.strictObject({
  deliveries: count,
  /** Rows and bytes of all deliveries. */
  records: count,
  bytes: count,
  /** Deliveries of which is known when they could have gone out: within 15 minutes of it, or later. */
  onTime: count,
  late: count,
  /** How often the content of a delivery was asked for. */
  contentRequests: count,
  receipts: count,
  uploadsAccepted: count,
  uploadsRefused: count,
  /** Of all uploads that were read. */
  recordsRead: count,
  /** Of uploads that came into force. */
  recordsAccepted: count,
  /** All others that were read: rejected one by one, or with an upload that was refused or superseded as a whole. */
  recordsRejected: count,
  resourcesPublished: count,
  resourcesRetired: count,
  agreementsProposed: count,
  agreementsFiled: count,
  agreementsTerminated: count,
  agreementsExpired: count,
  corrections: count,
  ...AskedFigures.shape,
});
export type ExchangeFigures = z.infer<typeof ExchangeFigures>;

/** What a consumer says that the data of a month were good for. */
export const BenefitFigures = z.strictObject({
  casesSolved: count,
  /** Visits to an office that people did not have to make. */
  visitsSaved: count,
  /** Certificates and copies that nobody had to bring. */
  documentsSaved: count,
  /** Yuan. */
  amountRecovered: count,
  /** Working hours of the department's own people. */
  hoursSaved: count,
});
export type BenefitFigures = z.infer<typeof BenefitFigures>;

/** What stated benefits rest on: keys that were looked up and rows that were compared, and what was found of them. */
const RestingFigures = z.strictObject({ benefitAsked: count, benefitFound: count });

export const Figures = z.strictObject({
  ...ExchangeFigures.shape,
  ...RestingFigures.shape,
  ...BenefitFigures.shape,
});
export type Figures = z.infer<typeof Figures>;

export const ReportBy = z.enum([
  'month',
  'theme',
  'pair',
  'provider',
  'consumer',
  'resource',
  'rule',
  'reason',
  'kind',
]);
export type ReportBy = z.infer<typeof ReportBy>;

/** One month, theme, pair … with its figures over the whole period; what it is named by is there, the rest is left out. */
export const ReportRow = z.strictObject({
  month: Month.optional(),
  theme: z.string().optional(),
  provider: DepartmentId.optional(),
  consumer: DepartmentId.optional(),
  resourceId: ResourceId.optional(),
  ...Figures.shape,
});
export type ReportRow = z.infer<typeof ReportRow>;

/** How often a rule rejected records of a provider, or a reason a whole upload. */
export const RuleRow = z.strictObject({
  /** A rule of the definition, or the code of an upload's refusal. */
  rule: z.string(),
  provider: DepartmentId,
  violations: count,
  uploadsRefused: count,
});
export type RuleRow = z.infer<typeof RuleRow>;

const { lookups, keysLookedUp, recordsShown, comparisons, comparedRows, comparisonHits } = AskedFigures.shape;
const pair = { provider: DepartmentId, consumer: DepartmentId };

/** What a consumer looked up at a provider for one of the reasons that they agreed on. */
export const ReasonRow = z.strictObject({ reason: z.string(), ...pair, lookups, keysLookedUp, recordsShown });
export type ReasonRow = z.infer<typeof ReasonRow>;

/** What a consumer compared with a provider’s data in one kind of comparison. */
export const KindRow = z.strictObject({ kind: ComparisonKind, ...pair, comparisons, comparedRows, comparisonHits });
export type KindRow = z.infer<typeof KindRow>;

export const ReportTotals = z.strictObject({
  /** Of the registry. */
  departments: count,
  /** Catalogued now; for a department its own. */
  resources: count,
  agreements: count,
  agreementsByState: z.record(AgreementState, count),
  /** Provider and consumer with an agreement in force now. */
  pairs: count,
  ...Figures.shape,
});
export type ReportTotals = z.infer<typeof ReportTotals>;

export const PlatformReport = z.strictObject({
  /** What happened about a minute before may not be counted yet. */
  asOf: Instant,
  from: Month,
  to: Month,
  by: ReportBy,
  totals: ReportTotals,
  items: z.array(z.union([ReportRow, RuleRow, ReasonRow, KindRow])),
  cursor: Cursor.optional(),
});
export type PlatformReport = z.infer<typeof PlatformReport>;

/** The longest period of one report. */
export const MAX_REPORT_MONTHS = 36;

const format = z.enum(['csv']).optional();

export const ReportQuery = z.strictObject({
  /** Both inclusive; by default the twelve months up to the present one. */
  from: Month.optional(),
  to: Month.optional(),
  by: ReportBy.default('month'),
  limit: Numeral.int().min(1).max(5000).default(1000),
  cursor: Cursor.optional(),
  format,
});
export type ReportQuery = z.infer<typeof ReportQuery>;

const days = Numeral.int().min(1).max(3650).default(90);

export const UsageQuery = z.strictObject({ days });

/** At most this many of the deliveries that were never fetched are named, the newest first. */
export const UNFETCHED_NAMED = 100;

/** What use a consumer makes of what it was granted. */
export const Usage = z.strictObject({
  agreementId: AgreementId,
  resourceId: ResourceId,
  provider: DepartmentId,
  consumer: DepartmentId,
  state: AgreementState,
  termsVersion: VersionNumber,
  /** When the terms were filed; absent before. */
  inForceSince: Instant.optional(),
  asOf: Instant,
  /** Fields count as read where a delivery of them was fetched within so many days. */
  days: z.int(),
  deliveries: count,
  /** Deliveries whose content was asked for at least once. */
  fetched: count,
  contentRequests: count,
  receipts: count,
  lastReleasedAt: Instant.optional(),
  lastFetchedAt: Instant.optional(),
  unfetched: z.strictObject({
    count,
    /** Release of the oldest of them. */
    since: Instant.optional(),
    deliveries: z.array(
      z.strictObject({
        deliveryId: DeliveryId,
        termsVersion: VersionNumber,
        datasetVersion: VersionNumber,
        releasedAt: Instant,
      }),
    ),
  }),
  /** Under terms of lookups or comparisons: what was asked, and when last. */
  asked: z
    .strictObject({
      ...AskedFigures.shape,
      /** Results of comparisons that were told, and how often the content of one was asked for. */
      results: count,
      resultRequests: count,
      lastAskedAt: Instant.optional(),
      /** When last something of it was had: an answer, a result that was asked for, or the word that one is withheld. */
      lastUsedAt: Instant.optional(),
    })
    .optional(),
  /** What the terms grant, and those of it that nobody read. */
  fields: z.array(z.string()),
  unreadFields: z.array(z.string()),
});
export type Usage = z.infer<typeof Usage>;

export const UnusedReason = z.enum([
  'nothing-delivered',
  'never-asked',
  'never-fetched',
  'not-fetched-lately',
  'not-asked-lately',
  'fields-unread',
]);
export type UnusedReason = z.infer<typeof UnusedReason>;

/** A grant that nobody makes use of, wholly or in part: to be confirmed, narrowed or ended. */
export const UnusedGrant = z.strictObject({
  agreementId: AgreementId,
  resourceId: ResourceId,
  provider: DepartmentId,
  consumer: DepartmentId,
  termsVersion: VersionNumber,
  inForceSince: Instant,
  reason: UnusedReason,
  deliveries: count,
  unfetched: count,
  unfetchedSince: Instant.optional(),
  lastFetchedAt: Instant.optional(),
  /** Of lookups and comparisons. */
  lastAskedAt: Instant.optional(),
  unreadFields: z.array(z.string()),
});
export type UnusedGrant = z.infer<typeof UnusedGrant>;

export const UnusedQuery = z.strictObject({ ...PageQuery.shape, days, format });
export type UnusedQuery = z.infer<typeof UnusedQuery>;
export const UnusedGrantList = pageOf(UnusedGrant);

/** Of the month of the statement: all of them, as counted by then, or these. */
const allOr = <Id extends z.ZodType>(id: Id, most: number) =>
  z.union([
    z.literal('all'),
    z
      .array(id)
      .min(1)
      .max(most)
      .refine((ids) => new Set(ids).size === ids.length, { error: 'each of them once' }),
  ]);

/** Lookups and comparisons of the agreement that a benefit came of. */
export const RestsOn = z.strictObject({
  lookups: allOr(LookupId, 100).optional(),
  comparisons: allOr(ComparisonId, 20).optional(),
});
export type RestsOn = z.infer<typeof RestsOn>;

export const BenefitBody = z.strictObject({
  period: Month,
  ...BenefitFigures.partial().shape,
  restsOn: RestsOn.refine(({ lookups, comparisons }) => lookups !== undefined || comparisons !== undefined, {
    error: 'lookups or comparisons',
  }).optional(),
  /** In what way; for the parties, the authority and auditors. */
  words: Words,
});
export type BenefitBody = z.infer<typeof BenefitBody>;

export const Benefit = z.strictObject({
  agreementId: AgreementId,
  resourceId: ResourceId,
  provider: DepartmentId,
  consumer: DepartmentId,
  ...BenefitBody.shape,
  restsOn: RestsOn.optional(),
  /** What the hub found of what it rests on, at the time of the statement. */
  found: AskedFigures.optional(),
  statedAt: Instant,
});
export type Benefit = z.infer<typeof Benefit>;

export const BenefitQuery = z.strictObject({ ...PageQuery.shape, format });
export const BenefitList = pageOf(Benefit);
