import * as z from 'zod';
import { AgreementId, CalendarDate, DepartmentId, Instant, LookupId, ResourceId, VersionNumber } from './ids.ts';
import { Numeral, PageQuery, pageOf } from './paging.ts';
import { DataRecord, DataValue, Line } from './text.ts';

/** Keys of one case in one call. */
export const MOST_KEYS = 20;

/** A record's key: its text, as a file has it, by field. */
export const RecordKey = z.record(Line.min(1).max(200), DataValue.max(1000));
export type RecordKey = z.infer<typeof RecordKey>;

const said = (most: number) => Line.min(1).max(most).regex(/\S/, 'something that can be seen');

export const LookupBody = z
  .strictObject({
    agreementId: AgreementId,
    key: RecordKey.optional(),
    /** Instead of `key`: several of one case, as many as the terms allow. */
    keys: z.array(RecordKey).min(1).max(MOST_KEYS).optional(),
    /** Of the case that this is needed for, in the consumer's own files. */
    caseNumber: said(100),
    /** One of the terms' reasons, word by word. */
    reason: said(200),
  })
  .refine(({ key, keys }) => (key === undefined) !== (keys === undefined), {
    error: 'either key or keys',
    path: ['key'],
  });
export type LookupBody = z.infer<typeof LookupBody>;

/** `found: false`: there is no such record, or none within the terms. */
export const LookupResult = z.strictObject({ found: z.boolean(), record: DataRecord.optional() });
export type LookupResult = z.infer<typeof LookupResult>;

const answered = {
  resourceId: ResourceId,
  /** What it was looked up in. */
  datasetVersion: VersionNumber,
  at: Instant,
};

/** Of `keys`, one result for each, in their order. Values are as in NDJSON: numbers with the digits they came with. */
export const LookupAnswer = z.union([
  z.strictObject({ lookupId: LookupId, ...LookupResult.shape, ...answered }),
  z.strictObject({ lookupId: LookupId, results: z.array(LookupResult).min(1).max(MOST_KEYS), ...answered }),
]);
export type LookupAnswer = z.infer<typeof LookupAnswer>;

/** A lookup as it is shown afterwards, without key and record. What its consumer alone and overseers see is left out for the provider. */
export const Lookup = z.strictObject({
  lookupId: LookupId,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  ...answered,
  resourceVersion: VersionNumber,
  provider: DepartmentId,
  consumer: DepartmentId,
  reason: z.string(),
  /** How many keys were asked for, and for how many there was a record. */
  keys: z.int().min(1),
  found: z.int().min(0),
  /** For the consumer, the authority and auditors: whose session it was, and for which case. */
  officer: z.string().optional(),
  caseNumber: z.string().optional(),
});
export type Lookup = z.infer<typeof Lookup>;

const format = z.enum(['csv']).optional();

export const LookupQuery = z.strictObject({
  ...PageQuery.shape,
  agreementId: AgreementId.optional(),
  resourceId: ResourceId.optional(),
  /** `consumer`: what I looked up · `provider`: what was looked up in my data; both without it. */
  role: z.enum(['consumer', 'provider']).optional(),
  format,
});
export type LookupQuery = z.infer<typeof LookupQuery>;
export const LookupList = pageOf(Lookup);

/**
 * What somebody should look at. `consecutive`: keys that follow one another · `misses`: many in a row that no record has ·
 * `odd-hours`: at night or on a day off · `over-quota`: more than the terms allow was asked for.
 */
export const LookupSign = z.enum(['consecutive', 'misses', 'odd-hours', 'over-quota']);
export type LookupSign = z.infer<typeof LookupSign>;

const count = z.int().min(0);

/** What one officer did under one agreement on one day of the hub's time zone. */
export const OfficerDay = z.strictObject({
  day: CalendarDate,
  agreementId: AgreementId,
  resourceId: ResourceId,
  provider: DepartmentId,
  consumer: DepartmentId,
  /** Stands for the officer, the same on every day of this agreement; says nothing of the name. */
  officerRef: z.string(),
  /** The session's name: for the authority. */
  officer: z.string().optional(),
  lookups: count,
  keys: count,
  misses: count,
  longestMissRun: count,
  /** Keys that stand next to one of the officer's last ones. */
  consecutive: count,
  oddHours: count,
  /** Calls beyond a quota, which were refused. */
  refused: count,
  lastAt: Instant,
  signs: z.array(LookupSign),
});
export type OfficerDay = z.infer<typeof OfficerDay>;

export const WatchQuery = z.strictObject({
  ...PageQuery.shape,
  agreementId: AgreementId.optional(),
  /** Only days with this sign; `any`: with at least one. */
  sign: z.enum([...LookupSign.options, 'any']).optional(),
  format,
});
export type WatchQuery = z.infer<typeof WatchQuery>;
export const WatchList = pageOf(OfficerDay);

export const ReportLookupsBody = z.strictObject({ resourceId: ResourceId, key: RecordKey });
export type ReportLookupsBody = z.infer<typeof ReportLookupsBody>;

export const ReportLookupsQuery = z.strictObject({
  limit: Numeral.int().min(1).max(1000).default(1000),
  cursor: PageQuery.shape.cursor,
  language: z.enum(['zh', 'en']).default('zh'),
  format: z.enum(['html']).optional(),
});

/** One lookup as the person whose record it was is told of it. */
export const ToldLookup = z.strictObject({
  lookupId: LookupId,
  at: Instant,
  /** The department that looked it up. */
  department: DepartmentId,
  reason: z.string(),
  caseNumber: z.string(),
  /** What the agreement rests on, and what it is for. */
  legalBasis: z.string(),
  purpose: z.string(),
  agreementId: AgreementId,
  filingNumber: z.string().optional(),
  /** Whether anything was shown. */
  found: z.boolean(),
});
export type ToldLookup = z.infer<typeof ToldLookup>;

/** Newest first. */
export const LookupReport = z.strictObject({
  resourceId: ResourceId,
  title: z.string(),
  provider: DepartmentId,
  asOf: Instant,
  items: z.array(ToldLookup),
  cursor: PageQuery.shape.cursor,
  /** The same as a page for printing, with `format=html`. */
  html: z.string().optional(),
});
export type LookupReport = z.infer<typeof LookupReport>;
