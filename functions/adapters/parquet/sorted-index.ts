import { createHash } from 'node:crypto';
import { parquetMetadata, type ColumnMetaData, type FileMetaData, type RowGroup } from 'hyparquet';
import { Fault } from '../../kernel/fault.ts';

/** The column by which the file is sorted: each value once. */
export const SORTED_BY = 'k';

/** A row group as far as a search needs it. */
export interface Group {
  readonly rows: number;
  /** The smallest and the largest value of the sorted column, where the file says them exactly. */
  readonly first: Buffer | undefined;
  readonly last: Buffer | undefined;
  /** In the order of the file's columns. */
  readonly chunks: readonly Chunk[];
}

/** Where a column of a row group lies, and the digest of its bytes. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly meta: ColumnMetaData;
  readonly digest: Buffer;
}

/** The metadata of a sorted file. */
export interface SortedIndex {
  readonly schema: FileMetaData['schema'];
  readonly columns: readonly string[];
  readonly groups: readonly Group[];
  /** What it keeps of memory, about. */
  readonly weight: number;
}

/** Of a chunk and of a group, as objects; measured at about this much. */
const CHUNK_WEIGHT = 400;
const GROUP_WEIGHT = 600;

/** Behind the metadata: their length and the mark of the format. */
export const TRAILER_BYTES = 8;
/** Of a chunk, in the seal: the first half of its SHA-256. */
export const DIGEST_BYTES = 16;

export const digestOfChunk = (bytes: Uint8Array): Buffer =>
  createHash('sha256').update(bytes).digest().subarray(0, DIGEST_BYTES);

/**
 * @param tail a sealed file's end: digests of all chunks, row group by row group, and Parquet's own metadata
 * @throws Fault where it is not what the hub writes: flat columns, sorted by one of them
 */
export function indexOf(tail: Buffer, fileBytes: number, rows: number): SortedIndex {
  const { schema, row_groups: groups } = metadataOf(tail);
  const columns = schema.slice(1).map(({ name }) => name);
  if (!columns.includes(SORTED_BY)) throw damaged('it has no column to search by');
  const seal = tail.subarray(0, groups.length * columns.length * DIGEST_BYTES);
  const found = groups.map((group, i) =>
    groupOf(group, columns, fileBytes - tail.length, (column) => {
      const at = (i * columns.length + column) * DIGEST_BYTES;
      return seal.subarray(at, at + DIGEST_BYTES);
    }),
  );
  if (found.reduce((sum, group) => sum + group.rows, 0) !== rows) throw damaged('it has another number of rows');
  const texts = found.reduce((sum, { first, last }) => sum + (first?.length ?? 0) + (last?.length ?? 0), 0);
  const weight = texts + found.length * (GROUP_WEIGHT + columns.length * CHUNK_WEIGHT);
  return { schema, columns, groups: found, weight };
}

export function metadataOf(bytes: Buffer): FileMetaData {
  try {
    return parquetMetadata(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer, {
      geoparquet: false,
    });
  } catch (cause) {
    throw new Fault('a representation’s metadata cannot be read', { cause });
  }
}

function groupOf(
  { columns: chunks, num_rows: rows }: RowGroup,
  columns: readonly string[],
  end: number,
  digestOf: (column: number) => Buffer,
): Group {
  if (chunks.length !== columns.length) throw damaged('a row group lacks columns');
  const found = chunks.map(({ meta_data: meta }, i) => {
    if (!meta || meta.path_in_schema.length !== 1 || meta.path_in_schema[0] !== columns[i] || meta.num_values !== rows)
      throw damaged('a row group has other columns');
    return { ...placeOf(meta, end), meta, digest: digestOf(i) };
  });
  const { statistics } = found[columns.indexOf(SORTED_BY)]!.meta;
  return {
    rows: Number(rows),
    first: exact(statistics?.min_value, statistics?.is_min_value_exact),
    last: exact(statistics?.max_value, statistics?.is_max_value_exact),
    // Statistics of all columns are most of what metadata weigh.
    chunks: found.map(({ meta: { statistics: _statistics, ...meta }, ...place }) => ({ ...place, meta })),
  };
}

/** @param end where the chunks of the file end */
export function placeOf(meta: ColumnMetaData, end: number): { readonly start: number; readonly end: number } {
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const bytes = Number(meta.total_compressed_size);
  if (!(start >= 4) || !(bytes >= 0) || start + bytes > end) throw damaged('a column lies outside of it');
  return { start, end: start + bytes };
}

const exact = (value: unknown, isExact: boolean | undefined): Buffer | undefined =>
  typeof value === 'string' && isExact !== false ? Buffer.from(value) : undefined;

export const damaged = (how: string) => new Fault(`a representation is not as it was written: ${how}`);

/** The groups in which a value may be; where it is in none, the one beside which it would be: there is always one to read. */
export function candidates({ groups }: SortedIndex, key: Buffer): readonly Group[] {
  const possible = groups.filter(
    ({ first, last }) => !(first && first.compare(key) > 0) && !(last && last.compare(key) < 0),
  );
  if (possible.length > 0) return possible;
  return groups
    .slice(
      Math.max(
        0,
        groups.findLastIndex(({ first }) => first && first.compare(key) <= 0),
      ),
    )
    .slice(0, 1);
}
