import { createReadStream } from 'node:fs';
import { TableSchema } from '../../../schemas/contracts/definition.ts';
import { openTable, RefusedFile } from '../../../functions/records/index.ts';
import { Failure } from '../terminal/failure.ts';

/** A row that has something in it. */
export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  readonly row: number;
  /** One for each column, '' where nothing is there. */
  readonly cells: readonly string[];
}

export interface Sheet {
  /** Of the first row that has something in it. */
  readonly head: readonly string[];
  readonly rows: readonly SheetRow[];
}

/** Texts as they stand: no column has a type. With a schema the converter tells of rows that are empty or unreadable. */
const TEXTS = TableSchema.parse({ fields: [{ name: 'text', type: 'string' }] });
const MAX_BYTES = 64 * 1024 ** 2;

/** The first sheet of a workbook, which people have typed: at most 64 MiB as text. */
export async function readSheet(file: string): Promise<Sheet> {
  try {
    return sheetIn(file, await csvOf(file));
  } catch (fault) {
    if (fault instanceof RefusedFile) throw unreadable(file, fault.refusal.detail, fault);
    throw fault;
  }
}

async function csvOf(file: string): Promise<string> {
  const opened = await openTable(createReadStream(file), { format: 'xlsx', encoding: 'utf-8', schema: TEXTS });
  if ('code' in opened) throw unreadable(file, opened.detail);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of opened.csv) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw unreadable(file, 'it holds more than people type');
    chunks.push(Uint8Array.from(chunk));
  }
  // Byte for byte: the converter's marks are bytes that UTF-8 never has.
  return Buffer.concat(chunks).toString('latin1');
}

const unreadable = (file: string, why: string, cause?: unknown): Failure =>
  new Failure(
    {
      what: `${file} cannot be read as a workbook.`,
      why,
      code: 'unreadable',
      next: ['Save it as .xlsx and try again.'],
    },
    { cause },
  );

const SKIPPED = /^\u00fe(\d+)$/;
const REJECTED = /^\u00ff/;

/** The converter's CSV: a header, records, and among them marks for the rows of the sheet that are none. */
function sheetIn(file: string, csv: string): Sheet {
  const [head = [], ...records] = recordsIn(csv);
  const rows: SheetRow[] = [];
  let row = 1;
  for (const cells of records) {
    const [first = ''] = cells;
    const skipped = SKIPPED.exec(first)?.[1];
    row += skipped === undefined ? 1 : Number(skipped);
    if (REJECTED.test(first))
      throw unreadable(file, `row ${row} has cells beside the columns, or one that is too long`);
    if (skipped === undefined && cells.some((cell) => cell !== '')) rows.push({ row, cells: cells.map(utf8) });
  }
  return { head: head.map(utf8), rows };
}

const utf8 = (cell: string): string => Buffer.from(cell, 'latin1').toString('utf8').trim();

/** RFC 4180, as the converter writes it: LF between records, quotes where they are needed. */
function* recordsIn(csv: string): Generator<string[]> {
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\n]*))(,|\n|$)/gy;
  let cells: string[] = [];
  for (let found = cell.exec(csv); found && found.index < csv.length; found = cell.exec(csv)) {
    const [, quoted, bare = '', end] = found;
    cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    yield cells;
    cells = [];
  }
}
