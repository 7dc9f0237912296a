/**
 * SQL (DuckDB's dialect) by which rows of a result are told from those of an earlier one. `now` and `before` have the same
 * columns: `n`, the row's number, from 1 (0: the header), the texts of its key's cells (`k0`, …; none: no row is the same as
 * another, changed), `row`, as it stands, and `digest`. Rows count as often as they stand: where each is as often as it was,
 * in whatever order, nothing is different.
 */

/** The columns of a file of rows, as they are read. */
export const rowColumns = (key: readonly unknown[]): readonly (readonly [name: string, type: string])[] => [
  ['n', 'INTEGER'],
  ...key.map((_, i) => [`k${i}`, 'VARCHAR'] as const),
  ['row', 'VARCHAR'],
];

/**
 * As rows are kept. A digest finds what is different, not what somebody makes so that it is not found: only whose data they are
 * could, and it need not upload them.
 */
export const keptRows = (file: string): string => `SELECT *, unhex(md5("row")) AS digest FROM ${file}`;

/** Whether the columns of both are the same; otherwise no row can be compared with another. */
export const sameHeader = 'SELECT (SELECT "row" FROM now WHERE n = 0) = (SELECT "row" FROM before WHERE n = 0) AS same';

/** All rows, as new ones. */
export const allRows = `SELECT 'new' AS change, "row" FROM now WHERE n > 0 ORDER BY n`;

/** Tables of what is there more often than before (`come`), and less often (`gone`). */
export const tablesOfDifferences: readonly string[] = [
  `CREATE TEMP TABLE differing AS
SELECT coalesce(a.digest, b.digest) AS digest, coalesce(a.copies, 0) AS is_now, coalesce(b.copies, 0) AS was_before
FROM (SELECT digest, count(*) AS copies FROM now WHERE n > 0 GROUP BY digest) a
FULL JOIN (SELECT digest, count(*) AS copies FROM before WHERE n > 0 GROUP BY digest) b ON a.digest = b.digest
WHERE a.copies IS DISTINCT FROM b.copies`,
  surplus('come', 'now', 'was_before'),
  surplus('gone', 'before', 'is_now'),
];

function surplus(table: string, from: string, other: string): string {
  return `CREATE TEMP TABLE ${table} AS
SELECT * EXCLUDE (copy, others) FROM (
  SELECT r.*, d.${other} AS others, row_number() OVER (PARTITION BY r.digest ORDER BY r.n) AS copy
  FROM ${from} r JOIN differing d ON r.digest = d.digest WHERE r.n > 0
) WHERE copy > others`;
}

/**
 * What is told: rows that have come, in their order, then those that are gone, in theirs. A row is `changed` where its key has
 * one row now and had one before: then what it was is not told once more.
 */
export function differences(key: readonly unknown[]): string {
  const keys = key.map((_, i) => `k${i}`).join(', ');
  const single = (all: string, some: string): string =>
    `SELECT ${keys} FROM ${all} SEMI JOIN ${some} USING (${keys}) WHERE n > 0 GROUP BY ${keys} HAVING count(*) = 1`;
  const pairs =
    key.length === 0
      ? 'SELECT NULL AS came, NULL AS went WHERE false'
      : `SELECT come.n AS came, gone.n AS went FROM come JOIN gone USING (${keys})
SEMI JOIN (${single('now', 'come')}) USING (${keys}) SEMI JOIN (${single('before', 'gone')}) USING (${keys})`;
  return `WITH pairs AS (${pairs})
SELECT change, "row" FROM (
  SELECT 0 AS part, n, CASE WHEN pairs.came IS NULL THEN 'new' ELSE 'changed' END AS change, "row"
  FROM come LEFT JOIN pairs ON pairs.came = n
  UNION ALL
  SELECT 1 AS part, n, 'gone' AS change, "row" FROM gone ANTI JOIN pairs ON pairs.went = n
) ORDER BY part, n`;
}
