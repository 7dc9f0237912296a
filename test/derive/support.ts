import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../functions/adapters/duckdb/database.ts';
import { parseStatement } from '../../functions/adapters/duckdb/parse-statement.ts';
import { openSandbox } from '../../functions/adapters/duckdb/sandbox.ts';
import { checkStatement, type Parse } from '../../functions/reading/derivation/check-statement.ts';
import type { StatementInput, StatementInputs } from '../../functions/reading/derivation/lineage/tracing.ts';
import type { Sandbox, StatementLimits } from '../../functions/reading/derivation/run-statement.ts';
import { writeExtracts } from '../../functions/records/index.ts';
import { TableSchema } from '../../schemas/contracts/definition.ts';
import { Collected, inChunks } from '../records/support.ts';

/** A register, what belongs to its people, and what is counted; each with its rows as CSV. */
export const schemas = {
  people: TableSchema.parse({
    fields: [
      { name: 'id', type: 'string' },
      { name: 'name', type: 'string' },
      { name: 'born', type: 'date' },
      { name: 'district', type: 'string' },
    ],
    primaryKey: 'id',
  }),
  marriages: TableSchema.parse({
    fields: [
      { name: 'id', type: 'string' },
      { name: 'spouse', type: 'string' },
      { name: 'since', type: 'date' },
    ],
    primaryKey: 'id',
  }),
  sales: TableSchema.parse({
    fields: [
      { name: 'sale', type: 'integer' },
      { name: 'project', type: 'string' },
      { name: 'buyer', type: 'string' },
      { name: 'amount', type: 'number' },
      { name: 'at', type: 'datetime' },
      { name: 'final', type: 'boolean' },
    ],
    primaryKey: 'sale',
  }),
  projects: TableSchema.parse({
    fields: [
      { name: 'project', type: 'string' },
      { name: '名称', type: 'string' },
      { name: 'units', type: 'integer' },
    ],
    primaryKey: 'project',
  }),
};
export type InputName = keyof typeof schemas;
export const inputNames = Object.keys(schemas) as InputName[];

export const rows: Readonly<Record<InputName, string>> = {
  people: 'id,name,born,district\na,张三,1970-01-01,1101\nb,李四,1985-05-05,1101\nc,王五,2001-09-09,1102\nd,,,1102\n',
  marriages: 'id,spouse,since\na,b,1999-01-01\nb,a,1999-01-01\n',
  sales:
    'sale,project,buyer,amount,at,final\n1,p1,a,100.5,2026-01-01T08:00:00Z,true\n2,p1,b,200,2026-02-01T20:00:00Z,true\n3,p2,c,50,2026-03-01T00:00:00Z,false\n4,p1,x,10,,true\n',
  projects: 'project,名称,units\np1,东湖,4\np2,西湖,10\np3,空,2\n',
};

export const inputs = {
  people: inputOf('people'),
  marriages: inputOf('marriages'),
  sales: inputOf('sales'),
  projects: inputOf('projects'),
} satisfies StatementInputs;

function inputOf(name: InputName): StatementInput {
  const { fields, primaryKey } = schemas[name];
  return { fields: fields.map((field) => field.name), primaryKey };
}

export const limits: StatementLimits = {
  memoryMb: 256,
  spillMb: 64,
  threads: 1,
  seconds: 20,
  rows: 1_000_000,
  bytes: 20_000_000,
};

/** DuckDB's parser, as the hub asks it. */
export async function openParser(): Promise<{ readonly parse: Parse; close(): void }> {
  const database = await openDatabase({ folder: tmpdir(), memoryMb: 128, spillMb: 0, threads: 1 });
  return { parse: (sql) => parseStatement(database, sql), close: () => database.close() };
}

/** The extract of some rows as the record engine writes it. */
async function parquetOf(schema: TableSchema, csv: string): Promise<Uint8Array> {
  const fields = schema.fields.map(({ name }) => name);
  const sink = new Collected();
  const spec = { fields, filter: [], mask: {}, format: 'parquet' as const };
  const [result] = await writeExtracts(inChunks(Buffer.from(csv), 65_536), { schema, columns: fields }, [
    { spec, sink },
  ]);
  if (result?.ok !== true) throw result?.error;
  return sink.bytes;
}

export interface Place extends Sandbox {
  /** What a result's file holds, as its records. */
  read(file: string): Promise<Record<string, unknown>[]>;
  readonly folder: string;
}

/** A sandbox with the inputs; beside them in its folder what no statement may read. */
export async function openPlace(
  data: Partial<Record<InputName, string>> = {},
  some: Partial<StatementLimits> = {},
): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-derive-'));
  for (const name of inputNames)
    writeFileSync(join(folder, `${name}.parquet`), await parquetOf(schemas[name], data[name] ?? rows[name]));
  writeFileSync(join(folder, 'secret.csv'), `a\n${SECRET}\n`);
  const files = Object.fromEntries(
    inputNames.map((name) => [name, { file: `${name}.parquet`, fields: inputs[name].fields }]),
  );
  const sandbox = await openSandbox(folder, files, { ...limits, ...some });
  return {
    ...sandbox,
    folder,
    read: async (file) => {
      const reader = await openDatabase({ folder, memoryMb: 128, spillMb: 0, threads: 1 });
      const records = await reader.rows(`SELECT * FROM read_parquet('${file}')`);
      reader.close();
      return records;
    },
    close: () => {
      sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const SECRET = 'TOP-SECRET-机密';

/** Checks and runs a statement; what it gave, or the code of why there is nothing. */
export async function resultOf(sql: string, parse: Parse, place: Place): Promise<Record<string, unknown>[] | string> {
  const checked = await checkStatement(sql, inputs, parse);
  if (!checked.ok) return checked.refusal.violations?.[0]?.message ?? checked.refusal.code;
  const columns = await place.describe(sql);
  if (!columns.ok) return columns.refusal.violations?.[0]?.message ?? columns.refusal.code;
  const result = await place.run(sql, columns.value, { order: [], to: 'result.parquet' });
  return result.ok ? place.read(result.value.file) : result.refusal.code;
}
