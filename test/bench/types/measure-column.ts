import { checkRecords, noDigest } from '../../../functions/records/index.ts';
import { TableSchema } from '../../../schemas/contracts/definition.ts';
import { seeded } from '../../support/seeded.ts';
import type { TypeColumn } from './type-columns.ts';

export interface ColumnJob {
  /** Of a column of `TYPE_COLUMNS`. */
  readonly name: string;
  readonly rows: number;
  readonly seed: number;
}

export interface Taken {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** What the engine took for one column, as what it is and as plain text. */
export interface ColumnResult {
  readonly bytes: number;
  readonly own: Taken;
  readonly asText: Taken;
}

const CHUNK = 512 * 1024;
/** Rows that both ways see before the clock starts: the engine's code is compiled by then. */
const WARM_UP_ROWS = 40_000;

/** The engine by itself: the file is in memory, and what it writes is dropped. */
export async function measureColumn({ field, cell }: TypeColumn, { rows, seed }: ColumnJob): Promise<ColumnResult> {
  const schemas = { own: schemaOf(field), asText: schemaOf({ type: 'string' }) };
  const warmUp = chunksOf(cell, Math.min(rows, WARM_UP_ROWS), seed + 1);
  for (const schema of Object.values(schemas)) await check(schema, warmUp, Math.min(rows, WARM_UP_ROWS));
  const chunks = chunksOf(cell, rows, seed);
  return {
    bytes: chunks.reduce((sum, { length }) => sum + length, 0),
    asText: await check(schemas.asText, chunks, rows),
    own: await check(schemas.own, chunks, rows),
  };
}

const schemaOf = (field: object): TableSchema =>
  TableSchema.parse({
    fields: [
      { name: 'id', type: 'string' },
      { ...field, name: 'value' },
    ],
  });

function chunksOf(cell: TypeColumn['cell'], rows: number, seed: number): Buffer[] {
  const random = seeded(seed);
  const chunks: Buffer[] = [];
  let text = 'id,value\n';
  for (let serial = 0; serial < rows; serial += 1) {
    text += `${serial},${cell(random, serial)}\n`;
    if (text.length < CHUNK) continue;
    chunks.push(Buffer.from(text));
    text = '';
  }
  return [...chunks, Buffer.from(text)];
}

/** @throws unless every row is good. */
async function check(schema: TableSchema, chunks: readonly Buffer[], rows: number): Promise<Taken> {
  const sink = { write: () => undefined };
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await checkRecords(
    piecesOf(chunks),
    { schema, format: 'csv', encoding: 'utf-8' },
    { accepted: sink, report: sink, digester: noDigest },
  );
  const wallSeconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  if (result.verdict === 'refused' || result.rows.accepted !== rows)
    throw new Error(`rows of a column of the bench are bad: ${JSON.stringify(result).slice(0, 500)}`);
  return { wallSeconds, cpuSeconds: (user + system) / 1e6 };
}

async function* piecesOf(chunks: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
