import { createHash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { parquetRead, type AsyncBuffer, type Compressors } from 'hyparquet';
import { Fault } from '../../kernel/fault.ts';
import { ByWeight } from './by-weight.ts';
import {
  candidates,
  type Chunk,
  damaged,
  digestOfChunk,
  type Group,
  indexOf,
  SORTED_BY,
  type SortedIndex,
} from './sorted-index.ts';

/** A file that was written once and is never changed. */
export interface SortedFile {
  readonly key: string;
  readonly versionId: string;
  readonly bytes: number;
  readonly rows: number;
  /** Its end, from the seal on (seal-file.ts). */
  readonly tail: { readonly bytes: number; readonly sha256: string };
}

/** Bytes `[start, end)` of exactly this version. */
export type ReadRange = (file: SortedFile, start: number, end: number) => Promise<Buffer>;

export type Row = ReadonlyMap<string, string | null>;

/** As a row that is there and one that is not take the same work, there is one to look at either way. */
export interface Found {
  readonly isThere: boolean;
  readonly row: Row;
}

/** What metadata of files may take up in a function. */
const MOST_METADATA_BYTES = 128 * 1024 ** 2;
/** Of one row group; the hub writes some thousand rows a group. */
const MOST_GROUP_BYTES = 256 * 1024 ** 2;

/**
 * Rows of sorted Parquet files by their key. What a file's metadata say is kept; a search then takes one read, of a row
 * group's columns, and as much work whether the key is there or not.
 */
export function sortedRows(read: ReadRange, kept = new ByWeight<SortedIndex>(MOST_METADATA_BYTES)) {
  const indexFor = (file: SortedFile) => kept.get(`${file.key} ${file.versionId}`, () => readIndex(read, file));
  return {
    async find(file: SortedFile, key: string, columns: readonly string[]): Promise<Found> {
      const index = await indexFor(file);
      if (columns.some((column) => !index.columns.includes(column))) throw damaged('it lacks a column');
      const wanted = Buffer.from(key);
      let found: Found | undefined;
      for (const group of candidates(index, wanted)) {
        found = search(await readGroup(read, file, index, group, columns), wanted, columns);
        if (found.isThere) return found;
      }
      // A file without a row has no group, and nothing that a search in it could tell.
      return found ?? { isThere: false, row: new Map() };
    },
  };
}

async function readIndex(read: ReadRange, file: SortedFile): Promise<SortedIndex> {
  const tail = await read(file, Math.max(0, file.bytes - file.tail.bytes), file.bytes);
  if (createHash('sha256').update(tail).digest('base64') !== file.tail.sha256)
    throw damaged('its end has another digest');
  return indexOf(tail, file.bytes, file.rows);
}

type Columns = ReadonlyMap<string, readonly (Uint8Array | null | undefined)[]>;

/** The columns of a row group, with at most two reads. */
async function readGroup(
  read: ReadRange,
  file: SortedFile,
  index: SortedIndex,
  group: Group,
  wanted: readonly string[],
): Promise<Columns> {
  const names = [...new Set([SORTED_BY, ...wanted])];
  const chunks = names.map((name) => group.chunks[index.columns.indexOf(name)]!);
  const inflated = chunks.reduce((sum, { meta }) => sum + Number(meta.total_uncompressed_size), 0);
  const spans = spansOf(chunks);
  const bytes = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  if (Math.max(bytes, inflated) > MOST_GROUP_BYTES) throw damaged('a row group is larger than any is written');
  const pieces = await Promise.all(
    spans.map(async ({ start, end }) => ({ start, end, bytes: await read(file, start, end) })),
  );
  const slice = (start: number, end: number): Buffer => {
    const piece = pieces.find((one) => one.start <= start && end <= one.end);
    if (!piece) throw damaged('a page lies outside of its column');
    return piece.bytes.subarray(start - piece.start, end - piece.start);
  };
  if (chunks.some(({ start, end, digest }) => !digestOfChunk(slice(start, end)).equals(digest)))
    throw damaged('a column has another digest');
  return decoded(slice, index, group, names);
}

/** Bytes between two chunks that are read along rather than left out. */
const GAP_BYTES = 256 * 1024;

type Span = Pick<Chunk, 'start' | 'end'>;

/** Where the chunks lie: one span, or two with the widest gap between them. */
function spansOf(chunks: readonly Chunk[]): readonly Span[] {
  const inOrder = chunks.toSorted((one, other) => one.start - other.start);
  const around = (some: readonly Chunk[]): Span[] =>
    some.length === 0 ? [] : [{ start: some[0]!.start, end: Math.max(...some.map(({ end }) => end)) }];
  const gaps = inOrder.map(({ start }, i) => start - (inOrder[i - 1]?.end ?? start));
  const widest = Math.max(...gaps);
  if (widest < GAP_BYTES) return around(inOrder);
  const at = gaps.indexOf(widest);
  return [...around(inOrder.slice(0, at)), ...around(inOrder.slice(at))];
}

const UNDECODED = { stringFromBytes: (bytes: Uint8Array) => bytes };
const COMPRESSORS: Compressors = {
  ZSTD: (bytes, length) => zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, length) }),
};

async function decoded(
  slice: (start: number, end: number) => Buffer,
  { schema }: SortedIndex,
  { rows, chunks }: Group,
  names: readonly string[],
): Promise<Columns> {
  const columns = new Map<string, (Uint8Array | null | undefined)[]>();
  const end = Math.max(...chunks.map((chunk) => chunk.end));
  const file: AsyncBuffer = {
    byteLength: end,
    slice: (from, to = end) => {
      const { buffer, byteOffset, length } = slice(from, to);
      return buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer;
    },
  };
  const group = {
    columns: chunks.map(({ meta }) => ({ file_offset: 0n, meta_data: meta })),
    num_rows: BigInt(rows),
    total_byte_size: 0n,
  };
  const metadata = { version: 1, schema, num_rows: BigInt(rows), row_groups: [group], metadata_length: 0 };
  try {
    await parquetRead({
      file,
      metadata,
      columns: [...names],
      parsers: UNDECODED,
      compressors: COMPRESSORS,
      onChunk: ({ columnName, columnData }) =>
        void columns.set(columnName, [...(columns.get(columnName) ?? []), ...(columnData as Uint8Array[])]),
    });
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault('a representation’s row group cannot be decoded', { cause });
  }
  if (names.some((name) => columns.get(name)?.length !== rows)) throw damaged('a column has another number of rows');
  return columns;
}

/** The row of a key, or the one before which it would stand. */
function search(columns: Columns, key: Buffer, wanted: readonly string[]): Found {
  const keys = ascending(columns.get(SORTED_BY) ?? []);
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Buffer.compare(keys[middle]!, key) < 0) low = middle + 1;
    else high = middle;
  }
  const at = Math.min(low, keys.length - 1);
  const row = new Map(
    wanted.map((name) => {
      const value = columns.get(name)?.[at];
      return [name, value instanceof Uint8Array ? textOf(value) : null];
    }),
  );
  return { isThere: keys[at] !== undefined && Buffer.compare(keys[at], key) === 0, row };
}

/** A file that is not in order would be searched in vain, and the answer would be wrong. */
function ascending(keys: readonly (Uint8Array | null | undefined)[]): readonly Uint8Array[] {
  let before: Uint8Array | undefined;
  for (const key of keys) {
    if (!(key instanceof Uint8Array) || (before && Buffer.compare(before, key) >= 0))
      throw damaged('it is not in order');
    before = key;
  }
  return keys as readonly Uint8Array[];
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array): string {
  try {
    return UTF_8.decode(bytes);
  } catch (cause) {
    throw new Fault('a representation holds what is no text', { cause });
  }
}
