import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { orderedCondition, type OrderedCondition } from '../../records/index.ts';
import type { ComparedTerms, RepresentedColumn } from './comparison.ts';

/** SQL, and the values of its question marks in their order. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** What the tables are called: the list's keys, and the representation of the resource. */
export interface Tables {
  readonly list: string;
  readonly resource: string;
}

export interface Compared {
  readonly terms: Pick<ComparedTerms, 'key' | 'compare' | 'fields' | 'filter'>;
  readonly schema: TableSchema;
  readonly columns: readonly RepresentedColumn[];
  readonly tables: Tables;
  /** The list has a digest of each key, and the secret that digests are keyed by. */
  readonly isBlind?: boolean | undefined;
}

/**
 * The columns of the list's table: the number of a record, from 1, and the ordered texts of its key (`k0`, `k1`, …) and of
 * what is compared (`c0`, `c1`, …). Names of fields stand in no statement.
 */
export const listColumns = ({ key, compare }: Pick<ComparedTerms, 'key' | 'compare'>): string[] => [
  'n',
  ...key.map((_, i) => `k${i}`),
  ...compare.map((_, i) => `c${i}`),
];

/**
 * Of a blind list `k0` is the digest of a key, and what would be compared first the secret, in every row: the text of a statement is
 * kept where it is run, and so are its parameters.
 */
export const SECRET = 'c0';

/** Bits of a word of differences: what every dialect's INTEGER has room for. */
export const WORD_BITS = 30;
export const ABSENT = -1;
export const REPEATED = -2;

/**
 * Of each record of the list, by its number: what it came to, and the granted texts if it matches. `w0` is ABSENT, REPEATED,
 * or the first 30 compared fields that differ, a bit for each; `w1` and so on are the others. Where the resource has a key
 * several times, a record that agrees in everything decides, otherwise its first one.
 *
 * Written in what DuckDB and Trino have in common: texts alone, compared by their bytes, and no casts.
 */
export function judgements(of: Compared): Statement {
  const { terms, tables } = of;
  const key = keyPlaces(of);
  const words = wordsOf(terms.compare.length);
  const found = resourceOf(of);
  const granted = terms.fields.map((_, i) => `g${i}`);
  const matches = words.map((_, i) => `w${i} = 0`).join(' AND ');
  const only = keyIsUnique(of)
    ? 'judged'
    : `(SELECT judged.*, row_number() OVER (PARTITION BY n ORDER BY CASE WHEN ${matches} THEN 0 ELSE 1 END, found) AS place FROM judged) ranked WHERE place = 1`;
  return {
    sql: `WITH resource AS (${found.sql}),
firsts AS (SELECT ${columns('', 'k', key)}, min(n) AS n FROM ${tables.list} GROUP BY ${columns('', 'k', key)} HAVING count(*) > 1),
judged AS (SELECT ${[
      'l.n AS n',
      ...words.map((bits, i) => `${i === 0 ? judgement(bits) : differences(bits)} AS w${i}`),
      'r.n AS found',
      ...granted.map((name) => `r.${name} AS ${name}`),
    ].join(', ')}
FROM ${tables.list} l LEFT JOIN firsts f ON ${equal('f', 'l', key)} LEFT JOIN resource r ON ${equal('r', 'l', key)})
SELECT ${['n', ...words.map((_, i) => `w${i}`), ...granted.map((name) => `CASE WHEN ${matches} THEN ${name} END AS ${name}`)].join(', ')} FROM ${only} ORDER BY n`,
    parameters: found.parameters,
  };
}

/** Records of the resource whose key is not on the list, in their own order: their numbers there, and the granted texts. */
export function missingRecords(of: Compared): Statement {
  const { terms, tables } = of;
  const found = resourceOf(of);
  return {
    sql: `WITH resource AS (${found.sql})
SELECT ${['r.n AS n', ...terms.fields.map((_, i) => `r.g${i} AS g${i}`)].join(', ')} FROM resource r
WHERE NOT EXISTS (SELECT 1 FROM ${tables.list} l WHERE ${equal('r', 'l', terms.key)}) ORDER BY r.n`,
    parameters: found.parameters,
  };
}

/** By how many columns rows find their records: the fields of the key, or the one digest of these. */
const keyPlaces = ({ terms, isBlind }: Pick<Compared, 'terms' | 'isBlind'>): readonly string[] =>
  isBlind ? terms.key.slice(0, 1) : terms.key;

const columns = (table: string, letter: string, fields: readonly string[]): string =>
  fields.map((_, i) => `${table}${letter}${i}`).join(', ');
const equal = (one: string, other: string, key: readonly string[]): string =>
  key.map((_, i) => `${one}.k${i} = ${other}.k${i}`).join(' AND ');

/** Bits of the compared fields by words, as numbers of fields. */
export function wordsOf(fields: number): number[][] {
  const all = Array.from({ length: fields }, (_, i) => i);
  const words = Array.from({ length: Math.ceil(fields / WORD_BITS) }, (_, w) =>
    all.slice(w * WORD_BITS, (w + 1) * WORD_BITS),
  );
  return words.length > 0 ? words : [[]];
}

const judgement = (bits: readonly number[]): string =>
  `CASE WHEN f.n < l.n THEN ${REPEATED} WHEN r.n IS NULL THEN ${ABSENT} ELSE ${differences(bits)} END`;

/** What is missing on both sides does not differ. */
const differences = (bits: readonly number[]): string =>
  ['0', ...bits.map((i, bit) => `CASE WHEN l.c${i} IS DISTINCT FROM r.c${i} THEN ${2 ** bit} ELSE 0 END`)].join(' + ');

/**
 * Records within the agreement's filter, outside which there are none: number, ordered texts of key (`k0`) and compared fields
 * (`c0`), granted texts (`g0`).
 */
export function resourceOf({ terms, schema, columns: represented, tables, isBlind }: Compared): Statement {
  const columnOf = new Map(represented.map((column) => [column.field, column]));
  const text = (field: string): string => known(columnOf.get(field)).text;
  const ordered = (field: string): string => known(columnOf.get(field)).ordered ?? text(field);
  const named = (letter: string, fields: readonly string[], column: (field: string) => string): string[] =>
    fields.map((field, i) => `${column(field)} AS ${letter}${i}`);
  const conditions = terms.filter.map((condition) => {
    const field = schema.fields.find(({ name }) => name === condition.field);
    return holds(ordered(condition.field), orderedCondition(condition, known(field)));
  });
  const where = conditions.length > 0 ? ` WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}` : '';
  const selected = [
    'n',
    ...(isBlind ? [`${digestOf(terms.key.map(ordered), tables)} AS k0`] : named('k', terms.key, ordered)),
    ...named('c', terms.compare, ordered),
    ...named('g', terms.fields, text),
  ];
  return {
    sql: `SELECT ${selected.join(', ')} FROM ${tables.resource}${where}`,
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}

/** `keyedDigest` of functions/records, in SQL: what is missing in part has none. */
const digestOf = (key: readonly string[], { list }: Tables): string =>
  `lower(to_hex(hmac_sha256(to_utf8(${keyTextOf(key)}), from_hex((SELECT ${SECRET} FROM ${list} LIMIT 1)))))`;

/** `orderedKey`, in SQL. */
const keyTextOf = (key: readonly string[]): string =>
  key.length === 1 ? key.join() : key.map(escaped).join(' || chr(1) || ');

const escaped = (part: string): string =>
  `replace(replace(${part}, chr(2), chr(2) || chr(2)), chr(1), chr(2) || chr(1))`;

function holds(column: string, condition: OrderedCondition): Statement {
  if ('oneOf' in condition)
    return { sql: `${column} IN (${condition.oneOf.map(() => '?').join(', ')})`, parameters: condition.oneOf };
  if ('prefix' in condition) return { sql: `starts_with(${column}, ?)`, parameters: [condition.prefix] };
  const ends = [
    ['>=', condition.from],
    ['<=', condition.to],
  ] as const;
  const stated = ends.flatMap(([sign, end]) => (end === undefined ? [] : [{ sign, end }]));
  return {
    sql: stated.map(({ sign }) => `${column} ${sign} ?`).join(' AND '),
    parameters: stated.map(({ end }) => end),
  };
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the terms name a field that the representation has not');
  return value;
}

/** Then no row of the list finds two records. */
export const keyIsUnique = ({
  terms,
  schema,
}: {
  readonly terms: Pick<ComparedTerms, 'key'>;
  readonly schema: TableSchema;
}): boolean => schema.primaryKey?.every((field) => terms.key.includes(field)) ?? false;
