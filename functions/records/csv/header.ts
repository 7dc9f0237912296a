import { isUtf8 } from 'node:buffer';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { isRequired } from '../types/column.ts';
import { CR, LF, Scanner } from './scanner.ts';
import { MAX_RECORD_BYTES, type Window } from './window.ts';

export interface Header {
  /** In the order of the file. */
  readonly columns: string[];
  /** Physical lines that the header takes. */
  readonly lines: number;
}

/** A schema has at most 1000 fields; of a wider header the first cells tell enough. */
const MAX_COLUMNS = 2000;
const MAX_LISTED = 20;
/** Longer names are not compared: the work stays small whatever the header. */
const MAX_COMPARED = 60;
const BOM = [0xef, 0xbb, 0xbf];

const refused = (code: UploadRefusal['code'], detail: string): UploadRefusal => ({ code, detail });

/** Takes the header off a filled window, or says why the upload is refused. */
export async function readHeader(window: Window, schema: TableSchema): Promise<Header | UploadRefusal> {
  if (BOM.every((byte, i) => window.bytes[window.start + i] === byte) && window.end - window.start >= 3) window.start += 3;
  const scanner = new Scanner(MAX_COLUMNS);
  while (!scanner.scan(window.bytes, window.start, window.end, window.final)) {
    if (window.end - window.start > MAX_RECORD_BYTES) return refused('header', `the header is longer than ${MAX_RECORD_BYTES} bytes; is the first line a header row, and are its quotes closed?`);
    await window.fill();
  }
  if (isBlank(window)) return refused('empty', 'the file is empty; send a header row and at least one record');
  const header = headerOf(window, scanner, schema);
  window.start = scanner.next;
  return header;
}

/** Nothing but line breaks in the whole file. */
const isBlank = ({ bytes, start, end, final }: Window): boolean =>
  final && bytes.subarray(start, end).every((byte) => byte === LF || byte === CR);

function headerOf(window: Window, scanner: Scanner, schema: TableSchema): Header | UploadRefusal {
  const bytes = window.bytes.subarray(window.start, scanner.end);
  if (!isUtf8(bytes) || bytes.includes(0)) return refused('encoding', 'the header cannot be decoded; announce the encoding that the file has, utf-8 or gb18030');
  if (scanner.fault !== 0) return refused('header', 'the header has a quote or a carriage return out of place; quote names as RFC 4180 does');
  const columns = Array.from({ length: Math.min(scanner.count, MAX_COLUMNS) }, (_, i) => scanner.text(window.bytes, i));
  const detail = problemOf(columns, schema);
  return detail === undefined ? { columns, lines: 1 + scanner.innerLines } : refused('header', detail);
}

function problemOf(columns: readonly string[], schema: TableSchema): string | undefined {
  const names = schema.fields.map(({ name }) => name);
  const unknown = columns.filter((column) => !names.includes(column));
  const repeated = [...new Set(columns.filter((column, i) => columns.indexOf(column) < i && names.includes(column)))];
  const lacking = schema.fields.filter((field) => isRequired(field, schema) && !columns.includes(field.name)).map(({ name }) => name);
  const free = names.filter((name) => !columns.includes(name));
  const complaints = [
    ...unknown.length > 0 ? [`unknown: ${listed(unknown.map((column, i) => (i < MAX_LISTED ? named(column, columns, free) : column)))}`] : [],
    ...repeated.length > 0 ? [`repeated: ${listed(repeated)}`] : [],
    ...lacking.length > 0 ? [`missing: ${listed(lacking)}`] : [],
  ];
  if (complaints.length > 0 && looksLikeRecord(columns, schema)) {
    return `the first line names none of the fields; does the file begin with a header row, and is its delimiter a comma? Needed: ${listed(neededOf(schema))}. Found: ${columns.length} other values.`;
  }
  return complaints.length === 0 ? undefined : `${complaints.join('; ')}. Needed: ${listed(neededOf(schema))}. Found: ${listed(columns)}.`;
}

/** A first line without any known name may be a record: values that may be a person's do not go into a message. */
function looksLikeRecord(columns: readonly string[], { fields }: TableSchema): boolean {
  const names = fields.map(({ name }) => name);
  return fields.some(({ sensitivity }) => sensitivity === 'personal' || sensitivity === 'sensitive')
    && !columns.some((column) => names.includes(column))
    && columns.slice(0, MAX_LISTED).every((column) => closest(column, names) === undefined);
}

const neededOf = (schema: TableSchema): string[] =>
  schema.fields.map((field) => (isRequired(field, schema) ? field.name : `${field.name} (optional)`));

function named(column: string, columns: readonly string[], free: readonly string[]): string {
  if (column === '') return `column ${columns.indexOf('') + 1}, which has no name`;
  const close = closest(column, free);
  return close === undefined ? column : `${column} (did you mean ${close}?)`;
}

const shortened = (name: string): string => (name.length > MAX_COMPARED ? `${Array.from(name).slice(0, MAX_COMPARED).join('')}…` : name);

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).map(shortened).join(', ');
  return names.length > MAX_LISTED ? `${shown} and ${names.length - MAX_LISTED} more` : shown;
}

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase().replaceAll(/[\s_-]+/g, '_');

/** A free name that is the same but for case, width and spacing, or but for a typing error or two. */
function closest(column: string, free: readonly string[]): string | undefined {
  const wanted = plain(column);
  if (wanted.length > MAX_COMPARED) return undefined;
  const tolerated = Math.min(wanted.length - 1, Math.max(1, Math.floor(wanted.length / 4)));
  const near = free.filter((name) => Math.abs(plain(name).length - wanted.length) <= tolerated);
  const ranked = near.map((name) => ({ name, distance: editDistance(wanted, plain(name)) })).toSorted((a, b) => a.distance - b.distance);
  return ranked[0] && ranked[0].distance <= tolerated ? ranked[0].name : undefined;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
