import * as z from 'zod';
import { DepartmentId, Instant, ResourceId, Sha256, UploadId, VersionNumber } from './ids.ts';
import { Numeral, PageQuery, pageOf } from './paging.ts';
import { DataRecord, Line, Paragraph } from './text.ts';

/** S3's own limits: a single PUT up to 5 GiB, at most 10,000 parts of 5 MiB to 5 GiB (the last may be smaller). */
export const MAX_PUT_BYTES = 5 * 1024 ** 3;
export const MIN_PART_BYTES = 5 * 1024 ** 2;
export const MAX_PARTS = 10_000;

/** Pieces of one file that are sent and checked each by itself, and how much they may have together. */
export const MAX_SEGMENTS = 1000;
export const MAX_SEGMENTED_BYTES = 1024 ** 4;

/** Characters of the name of an attachment, which is a value of a field. */
export const MAX_ATTACHMENT_NAME = 200;

/** `auto` finds out which of the others it is, by the bytes. */
export const UploadFormat = z.enum(['csv', 'ndjson', 'xlsx', 'parquet', 'auto']);
export type UploadFormat = z.infer<typeof UploadFormat>;

/** A whole resource, or edits by primary key (`_op`: `upsert`, `delete`) that are merged into the dataset in force. */
export const Content = z.enum(['snapshot', 'changes']);
export type Content = z.infer<typeof Content>;

/** Beside records: attachments that a field of them names. */
export const UploadContent = z.enum([...Content.options, 'attachments']);
export type UploadContent = z.infer<typeof UploadContent>;

export const Encoding = z.enum(['utf-8', 'gb18030']);
export type Encoding = z.infer<typeof Encoding>;

export const PartDeclaration = z.strictObject({ bytes: z.int().min(1), sha256: Sha256 });
export type PartDeclaration = z.infer<typeof PartDeclaration>;

/** Zero bytes, or parts that do not add up, is a broken rule (422), not a malformed body: the domain says so. */
export const AnnounceUploadBody = z.strictObject({
  resourceId: ResourceId,
  content: UploadContent.default('snapshot'),
  /** Of attachments left out: the bytes tell. */
  format: UploadFormat.default('csv'),
  /** Of an XLSX file: the name of the sheet with the records; the first that is shown if left out. */
  sheet: Line.min(1).max(31).optional(),
  encoding: Encoding.default('utf-8'),
  /** Of the one attachment that is sent; where it is left out, attachments come as a ZIP archive. */
  name: Line.min(1).max(MAX_ATTACHMENT_NAME).optional(),
  bytes: z.int().min(0),
  sha256: Sha256,
  /** The upload whose mended records these are: they join its dataset as the next version. */
  fixes: UploadId.optional(),
  parts: z.array(PartDeclaration).min(1).max(MAX_PARTS).optional(),
  /** The file is cut between its records, and each piece is an object of its own. `sha256` is that of the pieces' digests. */
  segments: z.array(PartDeclaration).min(2).max(MAX_SEGMENTS).optional(),
});
export type AnnounceUploadBody = z.infer<typeof AnnounceUploadBody>;

/** A presigned PUT: send exactly these headers, exactly the declared bytes. */
export const PresignedPut = z.strictObject({ url: z.url(), headers: z.record(z.string(), z.string()) });
export type PresignedPut = z.infer<typeof PresignedPut>;

export const AnnouncedUpload = z.strictObject({
  uploadId: UploadId,
  /** Absent for an upload in parts or segments: ask for their URLs. */
  put: PresignedPut.optional(),
  expiresAt: Instant,
});
export type AnnouncedUpload = z.infer<typeof AnnouncedUpload>;

export const PartsQuery = z.strictObject({ from: Numeral.int().min(1).max(MAX_PARTS).default(1) });
export const PartUrls = z.strictObject({
  items: z.array(z.strictObject({ number: z.int().min(1), url: z.url(), headers: z.record(z.string(), z.string()) })),
  /** First part number of the next page; absent at the end. */
  next: z.int().optional(),
});
export type PartUrls = z.infer<typeof PartUrls>;

export const UploadState = z.enum(['awaiting', 'received', 'checking', 'held', 'accepted', 'refused']);
export type UploadState = z.infer<typeof UploadState>;

export const UploadRefusalCode = z.enum([
  'header',
  'empty',
  'encoding',
  'digest-mismatch',
  'length-mismatch',
  'too-many-rejections',
  'unknown-format',
  'unreadable',
  'too-large',
  'no-such-sheet',
  'segment-cut',
  'no-primary-key',
  'snapshot-needed',
  'declined',
  'superseded',
  'expired',
]);
export type UploadRefusalCode = z.infer<typeof UploadRefusalCode>;

/** What is wrong with the names in a header: data, so that every client can say it in its own language. Long lists are cut. */
export const HeaderFindings = z.strictObject({
  /** Fields that a file must have and this one has not. */
  missing: z.array(z.string()),
  /** Columns that the resource does not know; none are named where the line may be a record of a person. */
  unknown: z.array(z.string()),
  repeated: z.array(z.string()),
  /** Unknown columns that probably are fields under another name, such as their title. */
  renames: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  /** Fields that a mended file cannot bring in, because the dataset that it joins has no such column. */
  notInDataset: z.array(z.string()).optional(),
  /** The character that seems to separate the cells, where it is not the comma. */
  delimiter: z.string().optional(),
  /** The first line names no field at all: perhaps it is a record. */
  noHeader: z.literal(true).optional(),
  /** The columns of the file; none are named where the line may be a record of a person. */
  found: z.array(z.string()),
  /** The fields of the resource, and whether a file must have them. */
  needed: z.array(z.strictObject({ name: z.string(), required: z.boolean() })),
});
export type HeaderFindings = z.infer<typeof HeaderFindings>;

/** `header` stands with the code of that name, where it is the names that are wrong. */
export const UploadRefusal = z.strictObject({
  code: UploadRefusalCode,
  detail: z.string(),
  header: HeaderFindings.optional(),
});
export type UploadRefusal = z.infer<typeof UploadRefusal>;

export const RowCounts = z.strictObject({ read: z.int().min(0), accepted: z.int().min(0), rejected: z.int().min(0) });
export type RowCounts = z.infer<typeof RowCounts>;

/** Complete counts, also where the report is cut at 100,000 violations. */
export const ViolationCount = z.strictObject({
  field: z.string(),
  rule: z.string(),
  /** `warning`: the records were accepted all the same. Left out where they were rejected. */
  severity: z.literal('warning').optional(),
  count: z.int().min(1),
  firstLine: z.int().min(1),
  /** Lines of the first few, to look at. */
  lines: z.array(z.int().min(1)).max(5).optional(),
  /** Values that are wrong in one and the same way, e.g. 18,100 dates as `DD/MM/YYYY`; a kind of fault, never a value. */
  looksLike: z
    .array(z.strictObject({ kind: z.string(), count: z.int().min(1) }))
    .max(5)
    .optional(),
});
export type ViolationCount = z.infer<typeof ViolationCount>;

/** Why an upload waits for the provider's word: its dataset has many more or fewer rows than the one in force. */
export const Held = z.strictObject({
  reason: z.literal('row-count'),
  previousRows: z.int().min(0),
  rows: z.int().min(0),
  /** The share that the definition puts up with, `drift.rowCount`. */
  limit: z.number().min(0),
});
export type Held = z.infer<typeof Held>;

export const Upload = z.strictObject({
  uploadId: UploadId,
  resourceId: ResourceId,
  resourceVersion: VersionNumber,
  provider: DepartmentId,
  sequence: VersionNumber,
  content: UploadContent,
  format: UploadFormat,
  sheet: z.string().optional(),
  /** Of the one attachment that is sent, until its verdict. */
  name: z.string().optional(),
  encoding: Encoding,
  bytes: z.int(),
  sha256: Sha256,
  /** In how many segments it comes. */
  segments: z.int().min(2).optional(),
  state: UploadState,
  announcedAt: Instant,
  expiresAt: Instant,
  receivedAt: Instant.optional(),
  finishedAt: Instant.optional(),
  rows: RowCounts.optional(),
  held: Held.optional(),
  /** When the provider said that a held upload is right. */
  confirmedAt: Instant.optional(),
  /** What the provider said with its decision on a held upload. */
  reason: z.string().optional(),
  violations: z.array(ViolationCount).optional(),
  datasetVersion: VersionNumber.optional(),
  refusal: UploadRefusal.optional(),
  /** The upload whose rejected records this one mends. */
  fixes: UploadId.optional(),
  report: z.strictObject({ url: z.url(), expiresAt: Instant }).optional(),
  /** The rejected records as they came with a column `errors`: mend them and upload the file with `fixes`. */
  fixFile: z.strictObject({ url: z.url(), expiresAt: Instant }).optional(),
});
export type Upload = z.infer<typeof Upload>;

export const DecideUploadBody = z.strictObject({
  decision: z.enum(['accept', 'refuse']),
  reason: Paragraph.min(1).max(2000).optional(),
});
export type DecideUploadBody = z.infer<typeof DecideUploadBody>;

/** Records posted one by one: at most this many a call, and this many bytes of them as NDJSON. A function takes 6 MB. */
export const MAX_POSTED_RECORDS = 1000;
export const MAX_POSTED_BYTES = 5 * 1024 ** 2;

/** Each record names fields of the resource; `_op` is `upsert` where it is left out. */
export const PostRecordsBody = z.strictObject({
  records: z.array(DataRecord).min(1).max(MAX_POSTED_RECORDS),
});
export type PostRecordsBody = z.infer<typeof PostRecordsBody>;

export const PostedRecords = z.strictObject({ uploadId: UploadId });
export type PostedRecords = z.infer<typeof PostedRecords>;

export const UploadQuery = z.strictObject({
  ...PageQuery.shape,
  resourceId: ResourceId.optional(),
  state: UploadState.optional(),
});
export type UploadQuery = z.infer<typeof UploadQuery>;
export const UploadList = pageOf(Upload);
