import { gb18030Encoder } from './gb18030-encoder.ts';
import { entityMaker } from './legal-entity-row.ts';
import type { Shape } from './shapes.ts';
import { TABLES } from '../tables/index.ts';
import { columnsOf, type TableName } from '../tables/table.ts';

export interface CsvRequest {
  readonly shape: Shape;
  readonly rows: number;
  readonly seed: number;
}

const CHUNK = 1024 * 1024;
/** More than the two longest rows: a name of 121 characters and eleven short cells. */
const ROOM_FOR_ROWS = 4096;

/** A file of the bench in chunks of about a mebibyte: the same bytes for the same request. A chunk's memory is used again. */
export function* generateCsv({ shape, rows, seed }: CsvRequest): Generator<Buffer> {
  const encode = shape.encoding === 'gb18030' ? gb18030Encoder() : utf8;
  const lineOf = shape.allQuoted ? allQuoted : quotedWhereNeeded(shape.table);
  const records = recordMaker(shape, seed);
  const chunk = Buffer.allocUnsafe(CHUNK + ROOM_FOR_ROWS);
  let length = encode(lineOf(columnsOf(TABLES[shape.table])), chunk, 0);
  for (let serial = 0; serial < rows; serial += 1) {
    for (const record of records(serial)) length += encode(lineOf(record), chunk, length);
    if (length < CHUNK) continue;
    yield chunk.subarray(0, length);
    length = 0;
  }
  yield chunk.subarray(0, length);
}

/** What the systems must find in a file. No record is of two kinds. */
export interface Expected {
  readonly good: number;
  readonly bad: number;
  /** Records that repeat a code; good where codes need not be unique. */
  readonly repeated: number;
  /** Against the plain file of the same size and seed. */
  readonly edits: { readonly inserted: number; readonly updated: number; readonly deleted: number };
}

export function expectedOf({ badEvery, duplicateEvery, editEvery }: Shape, rows: number): Expected {
  const bad = timesAt(BAD_AT, badEvery, rows);
  const repeated = duplicateEvery === 0 ? 0 : timesAt(duplicateEvery - 1, duplicateEvery, rows);
  const kinds = Array.from({ length: editEvery === 0 ? 0 : timesAt(EDIT_AT, editEvery, rows) }, (_, i) => EDITS[i % 4]);
  const count = (wanted: Edit) => kinds.filter((kind) => kind === wanted).length;
  const edits = { inserted: count('insert'), updated: count('update'), deleted: count('delete') };
  return { good: rows - bad - repeated + edits.inserted - edits.deleted, bad, repeated, edits };
}

/** How many numbers below `rows` leave `at` when divided by `every`. */
const timesAt = (at: number, every: number, rows: number): number => Math.floor((rows - 1 - at + every) / every);

/** The place of the bad record in each run of `badEvery`: never the last, which may be a repetition. */
const BAD_AT = 11;
/** A repetition is of the record so many before it, which is neither bad nor a repetition. */
const REPEATED_FROM = 5;

type Edit = 'insert' | 'update' | 'delete';
const EDITS: readonly Edit[] = ['update', 'delete', 'update', 'insert'];
const EDIT_AT = 50;
/** More than any plain record is given. */
const EDITED_CAPITAL = '123456789.5';
/** New records have the serial numbers of no plain file. */
const NEW_SERIALS = 50_000_000;

/** The records that stand at one place of the plain file: one, or after an edit none or two. */
function recordMaker(
  { table, badEvery, duplicateEvery, editEvery }: Shape,
  seed: number,
): (serial: number) => string[][] {
  const { maker, bad } = TABLES[table];
  const entity = maker(seed);
  const added = entityMaker(seed + 1);
  return (serial) => {
    const repeats = duplicateEvery > 0 && serial % duplicateEvery === duplicateEvery - 1;
    const cells = entity(repeats ? serial - REPEATED_FROM : serial);
    if (serial % badEvery === BAD_AT) bad[Math.floor(serial / badEvery) % bad.length]?.spoil(cells);
    if (editEvery === 0 || serial % editEvery !== EDIT_AT) return [cells];
    const edit = EDITS[Math.floor(serial / editEvery) % EDITS.length];
    if (edit === 'insert') return [cells, added(NEW_SERIALS + serial)];
    if (edit === 'update') cells[7] = EDITED_CAPITAL;
    return edit === 'delete' ? [] : [cells];
  };
}

const utf8 = (text: string, into: Buffer, at: number): number => into.write(text, at, 'utf8');

const allQuoted = (cells: readonly string[]): string =>
  `"${cells.map((cell) => cell.replaceAll('"', '""')).join('","')}"\n`;

/** Columns that ever hold a comma or a quote. */
const QUOTED: Readonly<Record<TableName, readonly number[]>> = { 'legal-entities': [2, 5], enforcement: [6], wide: [] };

const quotedWhereNeeded =
  (table: TableName) =>
  (cells: string[]): string => {
    for (const column of QUOTED[table]) if (column < cells.length) cells[column] = quoted(cells[column] ?? '');
    return `${cells.join(',')}\n`;
  };

const quoted = (cell: string): string =>
  cell.includes(',') || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
