import { existsSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { writeExtracts } from '../../../functions/records/index.ts';
import { lineOf } from '../../../functions/records/csv/quoting.ts';
import { LEGAL_ENTITY_COLUMNS as COLUMNS } from '../../support/legal-entities.ts';
import { benchSchema } from '../check/schema.ts';
import { entityMaker } from '../data/legal-entity-row.ts';
import { filePieces } from '../systems/file-pieces.ts';
import { WriteBehind } from '../systems/write-behind.ts';

/** The same records in every format; one in so many has a capital below its bound. */
const BAD_EVERY = 200;
const CAPITAL = COLUMNS.indexOf('capital');
/** One record in so many is edited: of four two are changed, one is gone, one is new. */
const EDIT_EVERY = 100;
const EDITS = ['update', 'delete', 'update', 'insert'] as const;
const NEW_SERIALS = 50_000_000;

export const badIn = (rows: number): number => Math.ceil(rows / BAD_EVERY);
export const editsIn = (rows: number): number => Math.ceil(rows / EDIT_EVERY);

export interface FilesRequest {
  readonly folder: string;
  readonly rows: number;
  readonly seed: number;
}

/** Digits as every program writes this number. */
function* records({ rows, seed }: FilesRequest, spoiled: boolean): Generator<string[]> {
  const entity = entityMaker(seed);
  for (let serial = 0; serial < rows; serial += 1) {
    const cells = entity(serial);
    cells[CAPITAL] = spoiled && serial % BAD_EVERY === 0 ? '-1' : String(Number(cells[CAPITAL]));
    yield cells;
  }
}

function* edits(request: FilesRequest): Generator<string[]> {
  const added = entityMaker(request.seed + 1);
  let serial = 0;
  for (const cells of records(request, false)) {
    serial += 1;
    if (serial % EDIT_EVERY !== 1) continue;
    const edit = EDITS[Math.floor(serial / EDIT_EVERY) % EDITS.length];
    if (edit === 'delete') yield ['delete', cells[0] ?? '', ...cells.slice(1).map(() => '')];
    else if (edit === 'update') yield ['upsert', ...cells.with(CAPITAL, '123456789.5')];
    else yield ['upsert', ...added(NEW_SERIALS + serial).with(CAPITAL, '5')];
  }
}

function jsonOf(cells: readonly string[]): string {
  const members = COLUMNS.map((name, i) => {
    const text = cells[i] ?? '';
    return [name, text === '' ? null : i === CAPITAL ? Number(text) : text] as const;
  });
  return `${JSON.stringify(Object.fromEntries(members))}\n`;
}

function* csvOf(header: readonly string[], rows: Iterable<readonly string[]>): Generator<string> {
  yield lineOf(header);
  for (const cells of rows) yield lineOf(cells);
}

function* ndjsonOf(rows: Iterable<readonly string[]>): Generator<string> {
  for (const cells of rows) yield jsonOf(cells);
}

/** Good records as a dataset. */
export const datasetFile = (request: FilesRequest): Promise<string> =>
  kept(request, 'dataset.csv', (path) => written(path, csvOf(COLUMNS, records(request, false))));

export const editsFile = (request: FilesRequest): Promise<string> =>
  kept(request, 'edits.csv', (path) => written(path, csvOf(['_op', ...COLUMNS], edits(request))));

export const ndjsonFile = (request: FilesRequest): Promise<string> =>
  kept(request, 'ndjson', (path) => written(path, ndjsonOf(records(request, true))));

/** DuckDB writes it: the hub reads what others write. */
export const parquetFile = (request: FilesRequest): Promise<string> =>
  kept(request, 'parquet', async (path) => {
    const source = await ndjsonFile(request);
    const types = COLUMNS.map(
      (name) => `'${name}': '${{ capital: 'DOUBLE', approved_on: 'DATE' }[name as string] ?? 'VARCHAR'}'`,
    );
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT * FROM read_json('${source}', format = 'newline_delimited', columns = {${types.join(', ')}})) TO '${path}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
  });

/** Dates as dates, numbers as numbers, texts in line. */
export const xlsxFile = (request: FilesRequest): Promise<string> =>
  kept(request, 'xlsx', async (path) => {
    const csv = await kept(request, 'spoiled.csv', (part) => written(part, csvOf(COLUMNS, records(request, true))));
    const sink = await WriteBehind.to(path);
    const spec = { fields: [...COLUMNS], filter: [], mask: {}, format: 'xlsx' as const };
    const [result] = await writeExtracts(filePieces(csv), { schema: benchSchema({}), columns: COLUMNS }, [
      { spec, sink },
    ]);
    await sink.close();
    if (result?.ok !== true) throw new Error('the workbook was not written', { cause: result?.error });
  });

/** The file that is there, or a new one; a file that was cut short has another name. */
async function kept(
  { folder, rows, seed }: FilesRequest,
  kind: string,
  make: (path: string) => Promise<void>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `formats-${rows}-${seed}.${kind}`);
  if (!existsSync(path)) {
    await make(`${path}.part`);
    await rename(`${path}.part`, path);
  }
  return path;
}

const CHUNK = 1024 * 1024;

async function written(path: string, lines: Iterable<string>): Promise<void> {
  const file = await open(path, 'w');
  try {
    let text = '';
    for (const line of lines) {
      text += line;
      if (text.length < CHUNK) continue;
      await file.writeFile(text);
      text = '';
    }
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}
