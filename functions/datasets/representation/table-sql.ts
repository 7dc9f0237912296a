import { digestText, type Layout, tableColumns } from '../../records/index.ts';

/*
 * DuckDB's SQL for a table of texts (functions/records/represent). Its columns are named by their place; no text of a dataset or a
 * definition stands in it.
 */

/** Records in a row group, of which a look-up reads one: so many as DuckDB puts into a vector, or a multiple of it. */
const LEAST_GROUP = 2048;
const MOST_GROUP = 16_384;
/** Of the table's text: what a row group holds, as far as it may have so few or so many records. */
const GROUP_BYTES = 4 * 1024 ** 2;

const groupRows = ({ rows, bytes }: Size): number =>
  Math.min(
    MOST_GROUP,
    Math.max(LEAST_GROUP, Math.floor((GROUP_BYTES * rows) / Math.max(1, bytes * LEAST_GROUP)) * LEAST_GROUP),
  );

interface Size {
  readonly rows: number;
  readonly bytes: number;
}

/** Bytes of a line: one more and DuckDB could not read it. */
export const MAX_LINE_BYTES = 8 * 1024 ** 2;
const BUFFER_BYTES = 2 * MAX_LINE_BYTES;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Sorts the table by its key, then by the records' number, into a Parquet file. */
export const sortedCopy = (layout: Layout, csvFile: string, size: Size, parquetFile: string): string => {
  const columns = tableColumns(layout);
  const types = columns.map((name) => `${name}: ${quoted(name === 'n' ? 'BIGINT' : 'VARCHAR')}`);
  const order = layout.keyFields ? 'k, n' : 'n';
  return `
    COPY (
      SELECT ${columns.join(', ')}
      FROM read_csv(${quoted(csvFile)}, columns = {${types.join(', ')}}, auto_detect = false, header = false,
        delim = ',', quote = '"', escape = '"', new_line = '\\n', strict_mode = true, parallel = false,
        nullstr = '', allow_quoted_nulls = false, max_line_size = ${MAX_LINE_BYTES}, buffer_size = ${BUFFER_BYTES})
      ORDER BY ${order}
    ) TO ${quoted(parquetFile)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${groupRows(size)})`;
};

/** Of a file: its rows, the digest of its values, and how many rows come before the one that they stand behind. */
export const checkQuery = (layout: Layout, parquetFile: string): string => {
  const columns = tableColumns(layout);
  const cells = columns.map((name) =>
    name === 'n' ? name : `coalesce('"' || replace(${name}, '"', '""') || '"', '')`,
  );
  const isBefore = layout.keyFields
    ? '(k < lag(k) OVER () OR (k = lag(k) OVER () AND n < lag(n) OVER ()))'
    : 'n < lag(n) OVER ()';
  return `
    SELECT count(*) AS rows, coalesce(sum(md5_number_upper(line)), 0) AS first,
      coalesce(sum(md5_number_lower(line)), 0) AS last,
      count(*) FILTER (WHERE is_before) AS misplaced
    FROM (SELECT concat(${cells.join(", ',', ")}) AS line, ${isBefore} AS is_before FROM read_parquet(${quoted(parquetFile)}))`;
};

/** What `checkQuery` has found; DuckDB gives large numbers as texts. */
export const checkedTable = ({ rows, first, last, misplaced }: Readonly<Record<string, unknown>>) => ({
  rows: Number(rows),
  values: digestText(BigInt(first as string), BigInt(last as string)),
  misplaced: Number(misplaced),
});
