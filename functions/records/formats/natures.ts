import type { DeliveryFormat } from '../../../schemas/contracts/terms.ts';
import type { UploadFormat } from '../../../schemas/contracts/uploads.ts';
import type { Binary } from '../encoding/magic.ts';

/** The formats that a file can be of. */
export type FileFormat = Exclude<UploadFormat, 'auto'>;

interface UploadNature {
  /** In an encoding, and read in one pass; anything else is first put on the local disk. */
  readonly isText: boolean;
  /** What it begins with where it is no text. */
  readonly begins: readonly Binary[];
  /** What it commonly unpacks to, as a multiple. */
  readonly unpacked: number;
  readonly hasSheets: boolean;
  /** In a text editor or a spreadsheet its columns have places; of the members of an object nobody counts them. */
  readonly hasColumns: boolean;
  /** Undefined where it is not cut between its records. */
  readonly segments: Segments | undefined;
}

interface Segments {
  /** The first alone has it, and the others are read by it. */
  readonly hasHeader: boolean;
  /** Line breaks within quotes end no record. */
  readonly hasQuotes: boolean;
  /** What a blank line breaks that a record follows. */
  readonly blankLine: 'columns' | 'json';
}

/** What the formats of uploads are; `auto` may be any of them. How each is read: `open-table.ts`. */
export const UPLOADS = {
  csv: {
    isText: true,
    begins: [],
    unpacked: 1,
    hasSheets: false,
    hasColumns: true,
    segments: { hasHeader: true, hasQuotes: true, blankLine: 'columns' },
  },
  ndjson: {
    isText: true,
    begins: [],
    unpacked: 1,
    hasSheets: false,
    hasColumns: false,
    segments: { hasHeader: false, hasQuotes: false, blankLine: 'json' },
  },
  xlsx: {
    isText: false,
    begins: ['a ZIP archive or an XLSX workbook'],
    unpacked: 8,
    hasSheets: true,
    hasColumns: true,
    segments: undefined,
  },
  parquet: {
    isText: false,
    // Of an encrypted one its reader says what is the matter.
    begins: ['a Parquet file', 'an encrypted Parquet file'],
    unpacked: 8,
    hasSheets: false,
    hasColumns: false,
    segments: undefined,
  },
  auto: { isText: false, begins: [], unpacked: 8, hasSheets: true, hasColumns: true, segments: undefined },
} as const satisfies Readonly<Record<UploadFormat, UploadNature>>;

/** Those whose files can be cut between their records. */
export type SegmentFormat = {
  [F in UploadFormat]: (typeof UPLOADS)[F]['segments'] extends undefined ? never : F;
}[UploadFormat];
export const hasSegments = (format: UploadFormat): format is SegmentFormat => UPLOADS[format].segments !== undefined;

interface DeliveryNature {
  readonly mediaType: string;
  /** Edits can be delivered in it. */
  readonly hasEdits: boolean;
}

/** What the formats of deliveries are. How each is written: `extract/writers.ts`, and its edits `changes/edit-forms.ts`. */
export const DELIVERIES = {
  csv: { mediaType: 'text/csv', hasEdits: true },
  ndjson: { mediaType: 'application/x-ndjson', hasEdits: true },
  parquet: { mediaType: 'application/vnd.apache.parquet', hasEdits: false },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', hasEdits: false },
} as const satisfies Readonly<Record<DeliveryFormat, DeliveryNature>>;

export type EditFormat = {
  [F in DeliveryFormat]: (typeof DELIVERIES)[F]['hasEdits'] extends true ? F : never;
}[DeliveryFormat];
export const hasEdits = (format: DeliveryFormat): format is EditFormat => DELIVERIES[format].hasEdits;
