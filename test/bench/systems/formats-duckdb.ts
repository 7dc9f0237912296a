import { DuckDBInstance } from '@duckdb/node-api';
import { LEGAL_ENTITY_COLUMNS as COLUMNS } from '../../support/legal-entities.ts';
import { sayResult } from '../check/job.ts';
import { type FormatJob, formatJobOfProgram } from '../formats/format-job.ts';
import { checkedSql, LEGAL_ENTITY_RULES } from './duckdb-sql.ts';

const all = COLUMNS.join(', ');
const typed = (types: Readonly<Record<string, string>>): string =>
  `{${COLUMNS.map((name) => `'${name}': '${types[name] ?? 'VARCHAR'}'`).join(', ')}}`;
const csv = (path: string, columns: string): string =>
  `read_csv('${path}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = ${columns})`;
/** A double as the shortest digits, which DuckDB writes with a point. */
const CAPITAL = `CASE WHEN capital = floor(capital) THEN capital::BIGINT::VARCHAR ELSE capital::VARCHAR END AS capital`;

const SOURCES: Readonly<Partial<Record<FormatJob['task'], (input: string) => string>>> = {
  'ndjson-in': (input) => `read_json('${input}', format = 'newline_delimited', columns = ${typed({})})`,
  'parquet-in': (input) =>
    `(SELECT * REPLACE (${CAPITAL}, approved_on::VARCHAR AS approved_on) FROM read_parquet('${input}'))`,
  'changes-in': (input) => csv(input, `{'_op': 'VARCHAR', ${typed({}).slice(1)}`),
};

function statements({ task, input, base, output, report }: FormatJob): string[] {
  const copy = (query: string, path: string): string => `COPY (${query}) TO '${path}' (FORMAT csv, HEADER true)`;
  const source = SOURCES[task]?.(input);
  if (source === undefined)
    return [
      `CREATE TEMP TABLE checked AS SELECT *, '' AS broken FROM ${csv(input, typed({ capital: 'DOUBLE', approved_on: 'DATE' }))}`,
      `COPY (SELECT ${all} FROM checked) TO '${output}' (FORMAT parquet)`,
    ];
  const rejected = copy(`SELECT org_code, broken FROM checked WHERE broken <> ''`, report);
  if (task !== 'changes-in')
    return [
      checkedSql(LEGAL_ENTITY_RULES, source),
      copy(`SELECT ${all} FROM checked WHERE broken = ''`, output),
      rejected,
    ];
  return [
    checkedSql(LEGAL_ENTITY_RULES, source),
    `UPDATE checked SET broken = '' WHERE _op = 'delete'`,
    copy(
      `SELECT ${all} FROM ${csv(base, typed({}))} AS old ANTI JOIN (FROM checked WHERE broken = '') AS edit USING (org_code)
       UNION ALL SELECT ${all} FROM checked WHERE broken = '' AND _op <> 'delete'`,
      output,
    ),
    rejected,
  ];
}

async function run(job: FormatJob) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(job.threads) });
  const connection = await instance.connect();
  for (const statement of statements(job)) await connection.run(statement);
  const [counts] = (
    await connection.runAndReadAll(
      `SELECT count(*) FILTER (broken = '') AS accepted, count(*) FILTER (broken <> '') AS rejected FROM checked`,
    )
  ).getRowObjects();
  connection.closeSync();
  instance.closeSync();
  return { accepted: Number(counts?.['accepted']), rejected: Number(counts?.['rejected']) };
}

sayResult(await run(formatJobOfProgram()));
