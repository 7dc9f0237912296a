import { createReadStream } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entering, Workshop } from '../../derive/ports.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import type { StatementLimits } from '../../reading/derivation/run-statement.ts';
import { UnfitExtract, UnreadableValue, writeExtracts } from '../../records/index.ts';
import { openDatabase } from './database.ts';
import { fileBytes, withFile } from './compare/local-file.ts';
import { parseStatement } from './parse-statement.ts';
import { openSandbox } from './sandbox.ts';

const RESULT = 'result.parquet';
const LEFT = 'entering.parquet';
const BEFORE = 'entered.parquet';
const AFTER = 'entered-next.parquet';

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A folder of a run's own, under the system's for temporary files (in Lambda: `/tmp`), gone with the run. */
export async function openWorkshop(limits: StatementLimits): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-derive-'));
  const within = (name: string): string => join(folder, name);
  const inputFile = (name: string): string => `input-${name}.parquet`;
  return {
    async parse(sql) {
      const database = await openDatabase({ folder, ...limits });
      try {
        return await parseStatement(database, sql);
      } finally {
        database.close();
      }
    },
    async extract(name, { input, ...source }, { fields, filter, mask }) {
      const spec = { fields: [...fields], filter: [...filter], mask, format: 'parquet' as const };
      const [outcome] = await withFile(within(inputFile(name)), (sink) =>
        writeExtracts(input, source, [{ spec, sink }]),
      );
      if (outcome?.ok) return done(undefined);
      if (outcome?.error instanceof UnfitExtract) return refuse('input-unfit');
      if (outcome?.error instanceof UnreadableValue) return refuse('input-unreadable');
      throw new Fault(`the input ${name} was not written`, { cause: outcome?.error });
    },
    async run(sql, inputs, { lost, order, threads }) {
      const files = Object.fromEntries(
        Object.entries(inputs).map(([name, fields]) => [name, { file: inputFile(name), fields }]),
      );
      const sandbox = await openSandbox(folder, files, { ...limits, threads });
      try {
        const columns = await sandbox.describe(sql);
        if (!columns.ok) return columns;
        const result = await sandbox.run(sql, columns.value, { lost, order, to: RESULT });
        return result.ok ? done({ rows: result.value.rows, columns: columns.value.map(({ name }) => name) }) : result;
      } finally {
        sandbox.close();
      }
    },
    async entering(key, before) {
      if (before) await writeFile(within(BEFORE), before);
      const database = await openDatabase({ folder, ...limits });
      try {
        const entering = await leaveEntering((sql) => database.rows(sql), key, {
          within,
          isFirst: before === undefined,
        });
        await rename(within(LEFT), within(RESULT));
        return { ...entering, bytes: () => fileBytes(within(AFTER)) };
      } finally {
        database.close();
      }
    },
    result: () => createReadStream(within(RESULT), { highWaterMark: 1024 ** 2 }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Files {
  readonly within: (name: string) => string;
  readonly isFirst: boolean;
}

/** Keys are compared as DuckDB writes them as texts, whatever types a statement gives them over the time. */
async function leaveEntering(
  rows: (sql: string) => Promise<Record<string, unknown>[]>,
  key: readonly string[],
  { within, isFirst }: Files,
): Promise<Pick<Entering, 'rows' | 'keys'>> {
  const file = (name: string): string => `read_parquet(${literal(within(name))})`;
  const texts = key.map((name) => `CAST(result.${identifier(name)} AS VARCHAR)`);
  const names = key.map((_name, index) => `k${index}`);
  const same = texts.map((text, index) => `${text} = entered.${names[index]}`).join(' AND ');
  const unknown = isFirst ? '' : ` ANTI JOIN ${file(BEFORE)} AS entered ON ${same}`;
  const ordered = key.map((name) => `result.${identifier(name)}`).join(', ');
  const count = async (query: string, to: string): Promise<number> => {
    const [row] = await rows(`COPY (${query}) TO ${literal(within(to))} (FORMAT parquet, USE_TMP_FILE false)`);
    return Number(row?.['Count']);
  };
  const left = await count(`SELECT result.* FROM ${file(RESULT)} AS result${unknown} ORDER BY ${ordered}`, LEFT);
  const own = `SELECT ${texts.map((text, index) => `${text} AS ${names[index]}`).join(', ')} FROM ${file(LEFT)} AS result`;
  const all = isFirst ? own : `SELECT ${names.join(', ')} FROM ${file(BEFORE)} UNION ALL ${own}`;
  return { rows: left, keys: await count(`SELECT * FROM (${all}) ORDER BY ALL`, AFTER) };
}
