import type { Condition, Mask } from '../../../schemas/contracts/terms.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { RULES } from '../check/schema.ts';
import type { SqlRules } from './duckdb-table.ts';
import { LEGAL_ENTITY_COLUMNS as COLUMNS } from '../../support/legal-entities.ts';

const text = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`;
const list = (values: readonly unknown[]): string => values.map(text).join(', ');

/** Sum of weight times place in the alphabet, character by character; `strpos` counts from 1. */
const weighted = (column: string, alphabet: string, weights: readonly number[]): string =>
  weights.map((weight, i) => `${weight} * (strpos('${alphabet}', substring(${column}, ${i + 1}, 1)) - 1)`).join(' + ');

const ORG = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY';

const orgCode = (column: string): string =>
  `regexp_full_match(${column}, '[0-9A-Z]{8}[0-9X]') AND
   ${column}[9] = '0123456789X'[(11 - (${weighted(column, ORG, [3, 7, 9, 10, 5, 8, 4, 2])}) % 11) % 11 + 1]`;

const creditCode = (column: string): string =>
  `regexp_full_match(${column}, '[0-9A-HJ-NPQRTUWXY]{18}') AND
   ${column}[18] = '${CREDIT}'[(31 - (${weighted(column, CREDIT, [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])}) % 31) % 31 + 1]`;

/** What must hold of each field that has a value, with the rules of `benchSchema`; missing values are NULL. */
const HOLDS: SqlRules['holds'] = {
  org_code: orgCode('org_code'),
  org_type: `org_type IN (${list(RULES.orgTypes)})`,
  name: `length(name) <= ${RULES.longestName}`,
  industry: `regexp_full_match(industry, ${text(RULES.industry)})`,
  division: `regexp_full_match(division, ${text(RULES.division)})`,
  address: `length(address) <= ${RULES.longestAddress}`,
  phone: `regexp_full_match(phone, ${text(RULES.phone)})`,
  capital: `coalesce(try_cast(capital AS DOUBLE) >= ${RULES.leastCapital}, false)`,
  approved_on: `regexp_full_match(approved_on, '\\d{4}-\\d{2}-\\d{2}') AND coalesce(try_cast(approved_on AS DATE) >= DATE ${text(RULES.firstDay)}, false)`,
  currency: `currency IN (${list(RULES.currencies)})`,
  representative: `length(representative) <= ${RULES.longestRepresentative}`,
  registration_no: creditCode('registration_no'),
};

const REQUIRED: ReadonlySet<string> = new Set(['org_code', 'org_type', 'name', 'division']);

/** The rules of `benchSchema`. */
export const LEGAL_ENTITY_RULES: SqlRules = { columns: COLUMNS, holds: HOLDS, required: REQUIRED };

/** The names of the fields that break a rule, with blanks between them; empty for a good row. */
const broken = ({ columns, holds, required }: SqlRules): string =>
  columns
    .map((column) => {
      const missing = required.has(column) ? `'${column} '` : `''`;
      return `CASE WHEN ${column} IS NULL THEN ${missing} WHEN ${holds[column]} THEN '' ELSE '${column} ' END`;
    })
    .join(' ||\n');

/** Checks the rows of a source into the table `checked`. */
export const checkedSql = (rules: SqlRules, source: string, numbered = false): string => `
  CREATE TEMP TABLE checked AS
  SELECT *, ${broken(rules)} AS broken ${numbered ? ', row_number() OVER () AS place' : ''} FROM ${source}`;

/** Reads and checks the file. Rows that have another number of cells go to `reject_errors`. */
export const loadSql = (rules: SqlRules, input: string, numbered: boolean): string =>
  checkedSql(
    rules,
    `read_csv(${text(input)}, header = true, delim = ',', quote = '"', escape = '"', auto_detect = false,
    columns = {${rules.columns.map((column) => `'${column}': 'VARCHAR'`).join(', ')}},
    store_rejects = true, rejects_limit = 0)`,
    numbered,
  );

/** A code belongs to the first good row that has it: the others of `checked` become bad. */
export const uniqueSql = `
  UPDATE checked SET broken = 'org_code unique'
  FROM (SELECT org_code, min(place) AS first FROM checked WHERE broken = '' GROUP BY org_code HAVING count(*) > 1) AS repeated
  WHERE checked.org_code = repeated.org_code AND checked.place > repeated.first AND checked.broken = ''`;

export const extractSql = ({ fields, filter, mask }: ExtractSpec, output: string): string => `
  COPY (
    SELECT ${fields.map((field) => cell(field, mask[field])).join(', ')} FROM checked
    WHERE ${["broken = ''", ...filter.map(condition)].join(' AND ')}
  ) TO ${text(output)} (FORMAT csv, HEADER true)`;

/** No line numbers: DuckDB does not know those of rows that it could read. */
export const reportSql = ([column]: readonly string[], output: string): string => `
  COPY (
    SELECT line, column_name, error_type::VARCHAR AS rule, NULL AS value FROM reject_errors
    UNION ALL SELECT NULL, broken, 'rule', ${column} FROM checked WHERE broken <> ''
  ) TO ${text(output)} (FORMAT csv, HEADER true)`;

export const countSql = `
  SELECT count(*) FILTER (broken = '') AS accepted,
    count(*) FILTER (broken <> '') + (SELECT count(DISTINCT line) FROM reject_errors) AS rejected
  FROM checked`;

function condition(of: Condition): string {
  switch (of.op) {
    case 'eq':
      return `${of.field} = ${text(of.value)}`;
    case 'in':
      return `${of.field} IN (${list(of.value)})`;
    case 'prefix':
      return `starts_with(${of.field}, ${text(of.value)})`;
    default:
      throw new Error('the bench filters by eq, in and prefix');
  }
}

/** A masked missing value is missing. */
function cell(field: string, mask: Mask | undefined): string {
  return mask === undefined ? field : `${MASKS[mask](field)} AS ${field}`;
}

const MASKS: Readonly<Record<Mask, (field: string) => string>> = {
  hide: (field) => `CASE WHEN ${field} IS NOT NULL THEN '***' END`,
  first1: (field) =>
    `CASE WHEN length(${field}) < 2 THEN '***' WHEN ${field} IS NOT NULL THEN left(${field}, 1) || '**' END`,
  last4: (field) =>
    `CASE WHEN length(${field}) <= 4 THEN '********' WHEN ${field} IS NOT NULL THEN '****' || right(${field}, 4) END`,
};
