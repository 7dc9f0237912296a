import { BAD_KINDS } from './bad-rows.ts';
import { gb18030Encoder } from './gb18030-encoder.ts';
import { COLUMNS, entityMaker } from './legal-entity-row.ts';
import type { Shape } from './shapes.ts';

export interface CsvRequest {
  readonly shape: Shape;
  readonly rows: number;
  readonly seed: number;
}

const CHUNK = 1024 * 1024;
/** More than the longest row: a name of 121 characters and eleven short cells. */
const ROOM_FOR_A_ROW = 4096;

/** A file of the bench in chunks of about a mebibyte: the same bytes for the same request. A chunk's memory is used again. */
export function* generateCsv({ shape, rows, seed }: CsvRequest): Generator<Buffer> {
  const encode = shape.encoding === 'gb18030' ? gb18030Encoder() : utf8;
  const lineOf = shape.allQuoted ? allQuoted : quotedWhereNeeded;
  const record = recordMaker(shape, seed);
  const chunk = Buffer.allocUnsafe(CHUNK + ROOM_FOR_A_ROW);
  let length = encode(lineOf([...COLUMNS]), chunk, 0);
  for (let serial = 0; serial < rows; serial += 1) {
    length += encode(lineOf(record(serial)), chunk, length);
    if (length < CHUNK) continue;
    yield chunk.subarray(0, length);
    length = 0;
  }
  yield chunk.subarray(0, length);
}

/** Of a file: bad records and records that repeat a code. No record is both. */
export function badAndRepeated({ badEvery, duplicateEvery }: Shape, rows: number): { bad: number; repeated: number } {
  const after = (every: number, at: number) => (every === 0 ? 0 : Math.floor((rows - 1 - at + every) / every));
  return { bad: after(badEvery, BAD_AT), repeated: after(duplicateEvery, duplicateEvery - 1) };
}

/** The place of the bad record in each run of `badEvery`: never the last, which may be a repetition. */
const BAD_AT = 11;
/** A repetition is of the record so many before it, which is neither bad nor a repetition. */
const REPEATED_FROM = 5;

function recordMaker({ badEvery, duplicateEvery }: Shape, seed: number): (serial: number) => string[] {
  const entity = entityMaker(seed);
  return (serial) => {
    const repeats = duplicateEvery > 0 && serial % duplicateEvery === duplicateEvery - 1;
    const cells = entity(repeats ? serial - REPEATED_FROM : serial);
    if (serial % badEvery === BAD_AT) BAD_KINDS[Math.floor(serial / badEvery) % BAD_KINDS.length]?.spoil(cells);
    return cells;
  };
}

const utf8 = (text: string, into: Buffer, at: number): number => into.write(text, at, 'utf8');

const allQuoted = (cells: readonly string[]): string =>
  `"${cells.map((cell) => cell.replaceAll('"', '""')).join('","')}"\n`;

/** Only the name (2) and the address (5) ever hold a comma or a quote. */
function quotedWhereNeeded(cells: string[]): string {
  cells[2] = quoted(cells[2] ?? '');
  cells[5] = quoted(cells[5] ?? '');
  return `${cells.join(',')}\n`;
}

const quoted = (cell: string): string =>
  cell.includes(',') || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
