import { crc32 } from 'node:zlib';

/** A value of Thrift's compact protocol: as few kinds as Parquet's metadata have. */
type Thrift = number | bigint | string | boolean | Buffer | readonly Thrift[] | Struct;
/** By the number of the field; numbers are i32, bigints i64. */
interface Struct {
  readonly [field: number]: Thrift | undefined;
}

export const TYPES = [
  'BOOLEAN',
  'INT32',
  'INT64',
  'INT96',
  'FLOAT',
  'DOUBLE',
  'BYTE_ARRAY',
  'FIXED_LEN_BYTE_ARRAY',
] as const;
export const ENCODINGS = {
  PLAIN: 0,
  PLAIN_DICTIONARY: 2,
  RLE: 3,
  BIT_PACKED: 4,
  DELTA_BINARY_PACKED: 5,
  DELTA_LENGTH_BYTE_ARRAY: 6,
  DELTA_BYTE_ARRAY: 7,
  RLE_DICTIONARY: 8,
  BYTE_STREAM_SPLIT: 9,
} as const;

export interface PageParts {
  readonly rows: number;
  readonly encoding?: keyof typeof ENCODINGS;
  readonly version?: 1 | 2;
  /** As they are stored; levels of the first version with their lengths. */
  readonly body: Buffer;
  /** Of the second version: levels before the body. */
  readonly repetition?: Buffer;
  readonly definition?: Buffer;
  readonly nulls?: number;
  readonly levels?: keyof typeof ENCODINGS;
  readonly crc?: 'right' | 'wrong';
  /** What the header says of the unpacked body, where it is packed. */
  readonly unpacked?: number;
  readonly dictionary?: boolean;
  /** Of the second version: that its body is packed; most leave it out, which says so. */
  readonly packed?: boolean;
}

export interface ColumnParts {
  readonly name?: string;
  readonly type: (typeof TYPES)[number];
  readonly length?: number;
  /** A number of `ConvertedType` in parquet.thrift. */
  readonly converted?: number;
  readonly scale?: number;
  /** A struct `LogicalType`. */
  readonly logical?: Struct;
  readonly optional?: boolean;
  readonly repeated?: boolean;
  readonly codec?: number;
  readonly pages: readonly PageParts[];
  readonly encrypted?: boolean;
  /** Where the footer says that the dictionary is, if not at its place: some say nothing, some 0. */
  readonly dictionaryAt?: 'unsaid' | 'zero';
  /** Fields of `ColumnChunk` and of `ColumnMetaData` beside those that a reader needs. */
  readonly more?: { readonly chunk?: Struct; readonly meta?: Struct };
}

export interface FileParts {
  /** Fields of `FileMetaData` and of each `RowGroup` beside those that a reader needs. */
  readonly more?: { readonly file?: Struct; readonly group?: Struct };
}

/** A Parquet file of one row group, made without the code that is tested, and as odd as it is wanted. */
export const parquetFile = (columns: readonly ColumnParts[], parts: FileParts = {}): Buffer =>
  groupedFile([columns], parts);

/** The same of several, each with pages of the same columns. */
export function groupedFile(groups: readonly (readonly ColumnParts[])[], { more = {} }: FileParts = {}): Buffer {
  const chunks: Buffer[] = [Buffer.from('PAR1')];
  let offset = 4;
  const put = (column: ColumnParts): Struct => {
    const start = offset;
    let data = 0;
    for (const page of column.pages) {
      const bytes = pageBytes(page);
      if (page.dictionary !== true && data === 0) data = offset;
      chunks.push(bytes);
      offset += bytes.length;
    }
    return chunkMeta(column, { start, data: data === 0 ? start : data, size: offset - start });
  };
  const rowGroups = groups.map((columns): Struct => ({
    1: columns.map(put),
    2: 1n,
    3: rowsOf(columns),
    ...more.group,
  }));
  const footer = structBytes({
    1: 1,
    2: [{ 4: 'root', 5: groups[0]?.length ?? 0 }, ...(groups[0] ?? []).map(schemaElement)],
    3: groups.reduce((sum, columns) => sum + rowsOf(columns), 0n),
    4: rowGroups,
    ...more.file,
  });
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(footer.length);
  return Buffer.concat([...chunks, footer, tail, Buffer.from('PAR1')]);
}

const rowsOf = ([first]: readonly ColumnParts[]): bigint =>
  BigInt((first?.pages ?? []).reduce((sum, { rows, dictionary }) => sum + (dictionary ? 0 : rows), 0));

const schemaElement = ({
  name = 'a',
  type,
  length,
  converted,
  scale,
  logical,
  optional = false,
  repeated = false,
}: ColumnParts): Struct => ({
  1: TYPES.indexOf(type),
  2: length,
  3: repeated ? 2 : optional ? 1 : 0,
  4: name,
  6: converted,
  7: scale,
  8: scale === undefined ? undefined : 18,
  10: logical,
});

function chunkMeta(column: ColumnParts, at: { start: number; data: number; size: number }): Struct {
  const { name = 'a', type, codec = 0, pages, encrypted = false, dictionaryAt, more = {} } = column;
  const dictionary = at.data > at.start ? BigInt(at.start) : undefined;
  const said = dictionaryAt === 'zero' ? 0n : undefined;
  return {
    2: BigInt(at.start),
    ...more.chunk,
    3: {
      ...more.meta,
      1: TYPES.indexOf(type),
      2: [0],
      3: [name],
      4: codec,
      5: BigInt(pages.reduce((sum, { rows }) => sum + rows, 0)),
      6: BigInt(at.size),
      7: BigInt(at.size),
      9: BigInt(dictionaryAt ? at.start : at.data),
      11: dictionaryAt ? said : dictionary,
    },
    8: encrypted ? { 1: {} } : undefined,
  };
}

function pageBytes(page: PageParts): Buffer {
  const {
    rows,
    body,
    version = 1,
    encoding = 'PLAIN',
    levels = 'RLE',
    nulls = 0,
    crc,
    dictionary = false,
    packed,
  } = page;
  const { repetition = Buffer.alloc(0), definition = Buffer.alloc(0) } = page;
  const bytes = Buffer.concat([repetition, definition, body]);
  const sum = crc === 'wrong' ? crc32(bytes) ^ 1 : crc32(bytes);
  const kind: Struct = dictionary
    ? { 7: { 1: rows, 2: ENCODINGS.PLAIN } }
    : version === 1
      ? { 5: { 1: rows, 2: ENCODINGS[encoding], 3: ENCODINGS[levels], 4: ENCODINGS.RLE } }
      : {
          8: {
            1: rows,
            2: nulls,
            3: rows,
            4: ENCODINGS[encoding],
            5: definition.length,
            6: repetition.length,
            7: packed,
          },
        };
  const header = structBytes({
    1: dictionary ? 2 : version === 1 ? 0 : 3,
    2: repetition.length + definition.length + (page.unpacked ?? body.length),
    3: bytes.length,
    4: crc === undefined ? undefined : sum | 0,
    ...kind,
  });
  return Buffer.concat([header, bytes]);
}

export function varint(value: bigint | number): number[] {
  const rest = BigInt(value);
  return rest < 128n ? [Number(rest)] : [Number(rest & 127n) | 128, ...varint(rest >> 7n)];
}
export const zigzag = (value: bigint | number): number[] => {
  const wide = BigInt(value);
  return varint(wide < 0n ? -wide * 2n - 1n : wide * 2n);
};

function structBytes(struct: Struct): Buffer {
  const parts: Buffer[] = [];
  let last = 0;
  for (const [key, value] of Object.entries(struct)) {
    if (value === undefined) continue;
    const field = Number(key);
    const kind = value === false ? 2 : kindOf(value as Thrift);
    parts.push(Buffer.from(field - last < 16 ? [((field - last) << 4) | kind] : [kind, ...zigzag(field)]));
    if (typeof value !== 'boolean') parts.push(valueBytes(value as Thrift));
    last = field;
  }
  return Buffer.concat([...parts, Buffer.of(0)]);
}

function kindOf(value: Thrift): number {
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'number') return 5;
  if (typeof value === 'bigint') return 6;
  if (typeof value === 'string' || Buffer.isBuffer(value)) return 8;
  return Array.isArray(value) ? 9 : 12;
}

function valueBytes(value: Thrift): Buffer {
  if (typeof value === 'number' || typeof value === 'bigint') return Buffer.from(zigzag(value));
  if (typeof value === 'string' || Buffer.isBuffer(value)) {
    const bytes = Buffer.from(value as string);
    return Buffer.concat([Buffer.from(varint(bytes.length)), bytes]);
  }
  if (!Array.isArray(value)) return structBytes(value as Struct);
  const items = value as readonly Thrift[];
  const head =
    items.length < 15
      ? [(items.length << 4) | kindOf(items[0] ?? 0)]
      : [0xf0 | kindOf(items[0] ?? 0), ...varint(items.length)];
  return Buffer.concat([Buffer.from(head), ...items.map(valueBytes)]);
}

/** Plain values of a type, as they are stored. */
export function plain(type: (typeof TYPES)[number], values: readonly (number | bigint | string | Buffer)[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(8);
      switch (type) {
        case 'INT32':
          bytes.writeInt32LE(Number(value));
          return bytes.subarray(0, 4);
        case 'INT64':
          bytes.writeBigInt64LE(value as bigint);
          return bytes;
        case 'FLOAT':
          bytes.writeFloatLE(Number(value));
          return bytes.subarray(0, 4);
        case 'DOUBLE':
          bytes.writeDoubleLE(Number(value));
          return bytes;
        case 'BYTE_ARRAY': {
          const text = Buffer.from(value as string);
          bytes.writeUInt32LE(text.length);
          return Buffer.concat([bytes.subarray(0, 4), text]);
        }
        default:
          return Buffer.from(value as Buffer);
      }
    }),
  );
}

/** DELTA_BINARY_PACKED of one block in one miniblock: differences as wide as they are said to be. */
export function deltas(values: readonly bigint[], width: number): Buffer {
  const differences = values.slice(1).map((value, i) => BigInt.asIntN(64, value - (values[i] ?? 0n)));
  const least = differences.reduce((min, difference) => (difference < min ? difference : min), differences[0] ?? 0n);
  let bits = 0n;
  differences.forEach((difference, i) => (bits |= BigInt.asUintN(width, difference - least) << BigInt(i * width)));
  const body = Buffer.alloc((128 * width) / 8);
  for (let i = 0; i < body.length; i += 1) body[i] = Number((bits >> BigInt(i * 8)) & 255n);
  return Buffer.concat([
    Buffer.from([...varint(128), 1, ...varint(values.length), ...zigzag(values[0] ?? 0n), ...zigzag(least), width]),
    body,
  ]);
}
