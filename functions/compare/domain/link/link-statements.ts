import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { ComparedTerms } from '../comparison.ts';
import { LEAST, type Weights } from './weights.ts';

/** Rarest grams of a row of the list by which candidates are looked for, and candidates that are kept of it. */
const GRAMS = 6;
const CANDIDATES = 30;
/** A gram that more records have finds none; where that makes too many pairs, fewer may. */
export const BLOCKS = [300, 100, 30, 10] as const;
export const MOST_PAIRS = 100_000_000;
/** Weights are whole thousandths: sums of them are the same in any order. */
const THOUSAND = 1000;

interface LinkedField {
  /** Its column in `list` and `found`. */
  readonly column: string;
  readonly isText: boolean;
  /** Candidates are found by it. */
  readonly blocks: boolean;
}

/** The fields that are compared, in the order of the terms: those of the key find candidates. */
export function linkedFields(
  { key, compare }: Pick<ComparedTerms, 'key' | 'compare'>,
  schema: TableSchema,
): LinkedField[] {
  const isText = (name: string) => schema.fields.find((field) => field.name === name)?.type === 'string';
  return [
    ...key.map((name, i) => ({ column: `k${i}`, isText: isText(name), blocks: true })),
    ...compare.map((name, i) => ({ column: `c${i}`, isText: isText(name), blocks: false })),
  ];
}

/**
 * Two characters that follow each other, three of a text that is ASCII alone. What is no text is one gram.
 * @param table with `n`
 */
const grams = (table: string, fields: readonly LinkedField[]): string =>
  fields
    .flatMap(({ column, isText, blocks }, f) => {
      if (!blocks) return [];
      const size = `(CASE WHEN strlen(${column}) = length(${column}) THEN 3 ELSE 2 END)`;
      const list = isText
        ? `list_distinct([substr(${column}, i, ${size}) for i in range(1, greatest(length(${column}) - ${size} + 2, 2))])`
        : `[${column}]`;
      return [`SELECT n, ${f} AS f, unnest(${list}) AS g FROM ${table} WHERE ${column} IS NOT NULL`];
    })
    .join(' UNION ALL ');

/** The grams of the list that the resource has, and what it says to have one: `w` is the logarithm of how rare it is. */
export const gramTables = (fields: readonly LinkedField[]): string =>
  `CREATE TEMP TABLE list_grams AS ${grams('list', fields)};
CREATE TEMP TABLE list_weights AS SELECT l.n AS n, f, g, d, CAST(round(${THOUSAND} * ln((SELECT count(*) FROM found) * 1.0 / d + 1)) AS INTEGER) AS w
FROM list_grams l JOIN (SELECT f, g, count(*) AS d FROM (${grams('found', fields)}) SEMI JOIN list_grams USING (f, g) GROUP BY f, g) USING (f, g)`;

/** The rarest grams of each row, of those that few enough records have. */
export const chosenGrams = (block: number): string =>
  `CREATE OR REPLACE TEMP TABLE chosen AS SELECT * FROM list_weights WHERE d <= ${block} QUALIFY row_number() OVER (PARTITION BY n, f ORDER BY d, g) <= ${GRAMS}`;
/** How many candidates they find at most. */
export const CHOSEN_PAIRS = 'SELECT coalesce(sum(d), 0)::DOUBLE AS pairs FROM chosen';

/** Candidates of each row: those that have the most of its rarest grams, and those that are the same. */
export function candidateTable(fields: readonly LinkedField[]): string {
  const blocking = fields.flatMap(({ column, blocks }, f) => (blocks ? [{ column, f }] : []));
  const same = blocking.map(
    ({ column }) =>
      `SELECT n, m FROM (SELECT l.n AS n, r.n AS m FROM list l JOIN found r ON r.${column} = l.${column} QUALIFY row_number() OVER (PARTITION BY l.n ORDER BY r.n) <= ${CANDIDATES})`,
  );
  const shares = blocking.flatMap(({ column, f }) => [
    `sum(CASE WHEN g.f = ${f} AND contains(r.${column}, g.g) THEN g.w ELSE 0 END) AS s${f}`,
    `sum(CASE WHEN g.f = ${f} THEN g.w ELSE 0 END) AS t${f}`,
  ]);
  return `CREATE TEMP TABLE found_grams AS SELECT n, f, g FROM (${grams('found', fields)}) SEMI JOIN (SELECT DISTINCT f, g FROM chosen) USING (f, g);
CREATE TEMP TABLE pairs AS
WITH shared AS (SELECT c.n AS n, r.n AS m, sum(c.w) AS w FROM chosen c JOIN found_grams r ON r.f = c.f AND r.g = c.g GROUP BY c.n, r.n)
SELECT n, m FROM shared QUALIFY row_number() OVER (PARTITION BY n ORDER BY w DESC, m) <= ${CANDIDATES} UNION ${same.join(' UNION ')};
CREATE TEMP TABLE candidates AS
WITH shares AS (SELECT p.n AS n, p.m AS m, ${shares.join(', ')} FROM pairs p JOIN found r ON r.n = p.m JOIN list_weights g ON g.n = p.n GROUP BY p.n, p.m)
SELECT p.n AS n, p.m AS m, ${fields.map((field, f) => `${levelOf(field, f)} AS l${f}`).join(', ')}
FROM pairs p JOIN list l ON l.n = p.n JOIN found r ON r.n = p.m LEFT JOIN shares s ON s.n = p.n AND s.m = p.m`;
}

/** The mean of Jaro and Winkler's similarity and of the share of grams, by what these weigh; of other fields the first alone. */
function levelOf({ column, isText, blocks }: LinkedField, f: number): string {
  const [a, b] = [`l.${column}`, `r.${column}`];
  const unlike = LEAST.length;
  if (!isText) return `CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN ${a} = ${b} THEN 0 ELSE ${unlike} END`;
  const letters = `jaro_winkler_similarity(${a}, ${b})`;
  const likeness = blocks ? `(${letters} + coalesce(s.s${f} * 1.0 / nullif(s.t${f}, 0), 0)) / 2` : letters;
  const levels = LEAST.slice(1).map((least, i) => `WHEN ${likeness} >= ${least} THEN ${i + 1}`);
  return `CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN ${a} = ${b} THEN 0 ${levels.join(' ')} ELSE ${unlike} END`;
}

/** See `Pattern`. */
export function patternCounts(fields: readonly LinkedField[]): string {
  const levels = fields.map((_, f) => `l${f}`).join(', ');
  const total = fields.map((_, f) => `coalesce(l${f}, ${LEAST.length})`).join(' + ');
  return `SELECT ${levels}, count(*)::DOUBLE AS pairs, (count(*) FILTER (WHERE place > 1))::DOUBLE AS others
FROM (SELECT ${levels}, row_number() OVER (PARTITION BY n ORDER BY ${total}, m) AS place FROM candidates) GROUP BY ALL ORDER BY ALL`;
}

/**
 * Of each row of the list its candidates, the likeliest first; one row without a candidate where it has none. `chosen` is
 * the candidate's own choice among the rows of the list: 1 for the row that is likeliest of it.
 * @param granted how many fields
 */
export function scored(fields: readonly LinkedField[], { bits }: Weights, granted: number): string {
  const weight = fields
    .map(
      (_, f) =>
        `CASE l${f} ${(bits[f] ?? []).map((bit, level) => `WHEN ${level} THEN ${Math.round(bit * THOUSAND)}`).join(' ')} ELSE 0 END`,
    )
    .join(' + ');
  const texts = Array.from({ length: granted }, (_, i) => `, r.g${i} AS g${i}`).join('');
  return `WITH weighed AS (SELECT n, m, ${fields.map((_, f) => `l${f}`).join(', ')}, CAST(${weight} AS INTEGER) AS w FROM candidates),
ranked AS (SELECT *, CAST(row_number() OVER (PARTITION BY m ORDER BY w DESC, n) AS INTEGER) AS chosen FROM weighed)
SELECT l.n AS n, c.w AS w, c.chosen AS chosen, ${fields.map((_, f) => `c.l${f} AS l${f}`).join(', ')}${texts}
FROM list l LEFT JOIN ranked c ON c.n = l.n LEFT JOIN granted r ON r.n = c.m ORDER BY l.n, c.w DESC, c.m`;
}
