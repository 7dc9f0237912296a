import { isUtf8 } from 'node:buffer';
import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { type NameOptions, nameFindings } from './findings.ts';
import { headerDetail } from './detail.ts';
import { Cells } from '../csv/cells.ts';
import { CR, LF, Scanner } from '../csv/scanner.ts';
import { MAX_RECORD_BYTES, type Window } from '../csv/window.ts';

export interface Header {
  /** In the order of the file. */
  readonly columns: string[];
  /** Physical lines that the header takes. */
  readonly lines: number;
}

/** A schema has at most 1000 fields; of a wider header the first cells tell enough. */
const MAX_COLUMNS = 2000;
const BOM = [0xef, 0xbb, 0xbf];

const refused = (code: UploadRefusal['code'], detail: string): UploadRefusal => ({ code, detail });

/** Takes the header off a filled window, or says why the upload is refused. */
export async function readHeader(window: Window, options: NameOptions): Promise<Header | UploadRefusal> {
  const header = await readNames(window);
  const findings = 'code' in header ? undefined : nameFindings(header.columns, options);
  if ('code' in header || !findings) return header;
  return { code: 'header', detail: headerDetail(header.columns, findings, options.schema), header: findings };
}

/** The same of a file whose names are nobody's fields: refused is only what cannot be read. */
export async function readNames(window: Window): Promise<Header | UploadRefusal> {
  if (BOM.every((byte, i) => window.bytes[window.start + i] === byte) && window.end - window.start >= 3)
    window.start += 3;
  const scanner = new Scanner(new Cells(MAX_COLUMNS));
  while (!scanner.scan(window.bytes, window.start, window.end, window.final)) {
    if (window.end - window.start > MAX_RECORD_BYTES)
      return refused(
        'header',
        `the header is longer than ${MAX_RECORD_BYTES} bytes; is the first line a header row, and are its quotes closed?`,
      );
    await window.fill();
  }
  if (isBlank(window)) return refused('empty', 'the file is empty; send a header row and at least one record');
  const header = headerOf(window, scanner);
  window.start = scanner.next;
  return header;
}

/** Nothing but line breaks in the whole file. */
const isBlank = ({ bytes, start, end, final }: Window): boolean =>
  final && bytes.subarray(start, end).every((byte) => byte === LF || byte === CR);

function headerOf(window: Window, scanner: Scanner): Header | UploadRefusal {
  const bytes = window.bytes.subarray(window.start, scanner.end);
  if (!isUtf8(bytes) || bytes.includes(0))
    return refused(
      'encoding',
      'the header cannot be decoded; announce the encoding that the file has, utf-8 or gb18030',
    );
  if (scanner.fault !== 0)
    return refused('header', 'the header has a quote or a carriage return out of place; quote names as RFC 4180 does');
  const columns = Array.from({ length: Math.min(scanner.count, MAX_COLUMNS) }, (_, i) => scanner.text(window.bytes, i));
  return { columns, lines: 1 + scanner.innerLines };
}
