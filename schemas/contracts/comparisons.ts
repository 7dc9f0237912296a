import * as z from 'zod';
import {
  AgreementId,
  ComparisonId,
  DeliveryId,
  DepartmentId,
  Instant,
  ReconciliationId,
  ResourceId,
  RunKey,
  Sha256,
  VersionNumber,
} from './ids.ts';
import { PageQuery, pageOf } from './paging.ts';
import { ComparisonKind, DeliveryFormat } from './terms.ts';
import { Line, Paragraph } from './text.ts';
import { Encoding, PresignedPut, UploadFormat, ViolationCount } from './uploads.ts';

/** What a function's disk holds beside a representation and the result; longer lists are sent in several comparisons. */
export const MAX_LIST_BYTES = 2 * 1024 ** 3;

/** As long as this after it has come a list waits for its approval and its run; then the comparison expires. */
export const COMPARISON_DAYS = 7;

/** Columns of a list that its announcement names. */
export const MAX_NAMED_COLUMNS = 200;

/** What a list calls a field of the terms' `key` and `compare`, by field; the field's own name where it says nothing. */
export const ListColumns = z.record(Line.min(1).max(200), Line.min(1).max(200));

/** What a list is a file of. */
const list = {
  format: UploadFormat.exclude(['auto']),
  /** Of a workbook: the name of the sheet with the list; the first that is shown if left out. */
  sheet: Line.min(1).max(31).optional(),
  encoding: Encoding,
  bytes: z.int().min(0),
  sha256: Sha256,
  columns: ListColumns.optional(),
};

/** The one column of a blind list: in each row the digest of a key, 64 lower-case hexadecimal digits. */
export const BLIND_COLUMN = 'digest';

export const ComparedList = z.strictObject(list);
export type ComparedList = z.infer<typeof ComparedList>;

export const AnnounceComparisonBody = z.strictObject({
  agreementId: AgreementId,
  kind: ComparisonKind,
  ...list,
  format: list.format.default('csv'),
  encoding: Encoding.default('utf-8'),
  /** The list has a keyed digest of each key in the place of values (`BLIND_COLUMN`), by this key. */
  blind: z.strictObject({ key: RunKey }).optional(),
  /** Of the result; that of the list if left out. */
  resultFormat: DeliveryFormat.optional(),
});
export type AnnounceComparisonBody = z.infer<typeof AnnounceComparisonBody>;

export const AnnouncedComparison = z.strictObject({
  comparisonId: ComparisonId,
  put: PresignedPut,
  expiresAt: Instant,
});
export type AnnouncedComparison = z.infer<typeof AnnouncedComparison>;

/**
 * awaiting: the list is announced · awaiting-approval: it has come, and the provider has to allow the run · received: it
 * waits for its run · running · done: the result is a delivery, or withheld · refused: there is no result, and why ·
 * cancelled: its consumer took it back · expired: the list did not come in time, or nobody allowed its run
 */
export const ComparisonState = z.enum([
  'awaiting',
  'awaiting-approval',
  'received',
  'running',
  'done',
  'refused',
  'cancelled',
  'expired',
]);
export type ComparisonState = z.infer<typeof ComparisonState>;

export const ComparisonRefusalCode = z.enum([
  // Of the list.
  'length-mismatch',
  'digest-mismatch',
  'header',
  'empty',
  'encoding',
  'unknown-format',
  'unreadable',
  'no-such-sheet',
  'list-too-long',
  'too-large',
  /** The result has more rows than its format takes. */
  'result-unfit',
  // Of what it is compared with.
  'no-dataset',
  'not-comparable',
  'incompatible-version',
  /** The queries over a resource that is too large for one function failed. */
  'query-failed',
  // Of the agreement.
  'declined',
  'agreement-not-active',
  'terms-replaced',
]);
export type ComparisonRefusalCode = z.infer<typeof ComparisonRefusalCode>;

export const ComparisonRefusal = z.strictObject({
  code: ComparisonRefusalCode,
  /** What is the matter and what to do, without any value of a record. For the consumer. */
  detail: z.string().optional(),
  /** Of the resource. */
  field: z.string().optional(),
  /** Of the list. */
  column: z.string().optional(),
});
export type ComparisonRefusal = z.infer<typeof ComparisonRefusal>;

/** Records of the list; `rejected` ones are none (quotes, numbers of cells, bytes that are no text) and in no result. */
export const ListRows = z.strictObject({ read: z.int().min(0), rejected: z.int().min(0) });
export type ListRows = z.infer<typeof ListRows>;

/** Rows of the list by what they came to. */
export const ListCounts = z.strictObject({
  match: z.int().min(0),
  mismatch: z.int().min(0),
  absent: z.int().min(0),
  invalid: z.int().min(0),
  repeated: z.int().min(0),
});
export type ListCounts = z.infer<typeof ListCounts>;

/** Rows of a result that the one before it had not, had otherwise, or had as the only one. */
export const ResultChanges = z.strictObject({
  new: z.int().min(0),
  changed: z.int().min(0),
  gone: z.int().min(0),
  /** The run that they are told since; none: all rows are told, as new ones. */
  since: ComparisonId.optional(),
});
export type ResultChanges = z.infer<typeof ResultChanges>;

export const ComparisonResult = z.strictObject({
  /** Rows that match; of `missing` the records of the result. It is what `minResult` is held against. */
  hits: z.int().min(0),
  /** For the consumer; not of `missing`. */
  counts: ListCounts.optional(),
  /** For the consumer: of a run of a standing order, which rows are delivered. */
  changes: ResultChanges.optional(),
});
export type ComparisonResult = z.infer<typeof ComparisonResult>;

/** What is under way in a run, and of how many records where that is known. */
export const ComparisonProgress = z.strictObject({
  stage: z.enum(['reading', 'comparing', 'writing']),
  records: z.int().min(0).optional(),
});
export type ComparisonProgress = z.infer<typeof ComparisonProgress>;

/** What every comparison is from its announcement on. */
export const comparisonBasics = {
  comparisonId: ComparisonId,
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  resourceId: ResourceId,
  provider: DepartmentId,
  consumer: DepartmentId,
  /** Of its terms. */
  purpose: z.string(),
  announcedAt: Instant,
};
/** A dataset in the place of a list that is sent. */
export const ListDataset = z.strictObject({ resourceId: ResourceId, datasetVersion: VersionNumber });
export type ListDataset = z.infer<typeof ListDataset>;

const Announced = z.strictObject({
  ...comparisonBasics,
  kind: ComparisonKind,
  /** The list has digests in the place of values. */
  blind: z.literal(true).optional(),
  /** The standing order that it is a run of. */
  reconciliationId: ReconciliationId.optional(),
  /** For the consumer: the provider never learns of the list. */
  list: ComparedList.optional(),
  /** For the consumer: what the list is, where it was not sent. */
  listOf: ListDataset.optional(),
});

/** What a run found. */
export const comparisonFindings = {
  /** The dataset that the list was compared with, and the resource version that it is of. */
  datasetVersion: VersionNumber,
  resourceVersion: VersionNumber,
  rows: ListRows,
  /** What rejected records break. For the consumer. */
  rejections: z.array(ViolationCount).optional(),
  /** Of a result that is told: the delivery that it is. */
  deliveryId: DeliveryId.optional(),
  result: ComparisonResult.optional(),
  /** Fewer rows match than the terms' `minResult`: how many, nobody is told. */
  withheld: z.literal(true).optional(),
};

const arrived = { receivedAt: Instant };
const ended = { receivedAt: Instant.optional(), finishedAt: Instant };

export const Comparison = z.discriminatedUnion('state', [
  Announced.extend({ state: z.literal('awaiting'), expiresAt: Instant }),
  Announced.extend({ state: z.literal('awaiting-approval'), ...arrived, expiresAt: Instant }),
  Announced.extend({ state: z.literal('received'), ...arrived, approvedAt: Instant.optional() }),
  Announced.extend({
    state: z.literal('running'),
    ...arrived,
    approvedAt: Instant.optional(),
    startedAt: Instant,
    progress: ComparisonProgress.optional(),
  }),
  Announced.extend({
    state: z.literal('done'),
    ...arrived,
    approvedAt: Instant.optional(),
    finishedAt: Instant,
    ...comparisonFindings,
  }),
  Announced.extend({ state: z.literal('refused'), ...ended, refusal: ComparisonRefusal }),
  Announced.extend({ state: z.literal('cancelled'), ...ended }),
  Announced.extend({ state: z.literal('expired'), ...ended }),
]);
export type Comparison = z.infer<typeof Comparison>;

export const ComparisonQuery = z.strictObject({
  ...PageQuery.shape,
  /** `consumer`: what I compared · `provider`: what was compared with my data; both without it. */
  role: z.enum(['consumer', 'provider']).optional(),
  state: ComparisonState.optional(),
  agreementId: AgreementId.optional(),
  /** Runs of a standing order. */
  reconciliationId: ReconciliationId.optional(),
});
export type ComparisonQuery = z.infer<typeof ComparisonQuery>;
export const ComparisonList = pageOf(Comparison);

export const DecideComparisonBody = z.strictObject({
  decision: z.enum(['approve', 'decline']),
  /** Of a refusal: told to the consumer. */
  reason: Paragraph.min(1).max(2000).optional(),
});
export type DecideComparisonBody = z.infer<typeof DecideComparisonBody>;
