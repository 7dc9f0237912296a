import { brotliCompressSync, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { columns } from '../support.ts';
import { type ColumnParts, deltas, groupedFile, type PageParts, parquetFile, plain, varint } from './parquet-file.ts';
import { split } from './parquet-bodies.ts';
import { parquetCsv } from './read-parquet.ts';
import { refusalOf } from './support.ts';

/** Small files with one odd trait each, as the suites of Parquet's readers have them. */
const DECIMAL = 5;
const SNAPPY = 1;
const GZIP = 2;
const LZO = 3;
const BROTLI = 4;
const LZ4 = 5;
const ZSTD = 6;
const LZ4_RAW = 7;
const int = (...bytes: number[]): Buffer => Buffer.from(bytes);
/** Levels of the first version stand behind their length. */
const levels = (bits: number, rows: number): Buffer => int(2, 0, 0, 0, (Math.ceil(rows / 8) << 1) | 1, bits);
const one = (column: Omit<ColumnParts, 'pages'>, ...pages: PageParts[]): Buffer => parquetFile([{ ...column, pages }]);
const values = (type: ColumnParts['type'], ...list: Parameters<typeof plain>[1]): PageParts => ({
  rows: list.length,
  body: plain(type, list),
});
/** Snappy without any matches: the length, then literals of up to 60 bytes. */
function snappy(bytes: Buffer): Buffer {
  const parts: Buffer[] = [int(...varint(bytes.length))];
  for (let at = 0; at < bytes.length; at += 60) {
    const piece = bytes.subarray(at, at + 60);
    parts.push(int((piece.length - 1) << 2), piece);
  }
  return Buffer.concat(parts);
}
const two = plain('BYTE_ARRAY', ['x', 'yy']);
/** An LZ4 block without any matches. */
const lz4 = (bytes: Buffer): Buffer => Buffer.concat([int(bytes.length << 4), bytes]);
/** As Hadoop frames what it packs. */
function framed(bytes: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(bytes.length, 0);
  head.writeUInt32BE(lz4(bytes).length, 4);
  return Buffer.concat([head, lz4(bytes)]);
}
const packedBy = (codec: number, body: Buffer, unpacked = two.length): Buffer =>
  one({ type: 'BYTE_ARRAY', codec }, { rows: 2, body, unpacked });
/** A decimal, a time, a moment by its logical type alone. */
const decimal = { 5: { 1: 2, 2: 5 } };
const MILLIS = { 1: {} };
const MICROS = { 2: {} };
const NANOS = { 3: {} };
const timeOf = (unit: object) => ({ 7: { 1: true, 2: unit } }) as NonNullable<ColumnParts['logical']>;
const momentOf = (unit: object, utc: boolean) => ({ 8: { 1: utc, 2: unit } }) as NonNullable<ColumnParts['logical']>;
const withDictionary = (dictionaryAt: 'unsaid' | 'zero'): Buffer =>
  one(
    { type: 'BYTE_ARRAY', dictionaryAt },
    { ...values('BYTE_ARRAY', 'x', 'yy'), dictionary: true },
    { rows: 2, encoding: 'RLE_DICTIONARY', body: int(1, 3, 0b10) },
  );
const column = (...pages: PageParts[]): ColumnParts => ({ type: 'BYTE_ARRAY', pages });

describe('a file is read that has', () => {
  test.each<[trait: string, file: Buffer, rows: string[]]>([
    ['numbers without any annotation', one({ type: 'INT32' }, values('INT32', -1, 7)), ['-1', '7']],
    ['bytes without any annotation', one({ type: 'BYTE_ARRAY' }, values('BYTE_ARRAY', '北', '')), ['北', '']],
    [
      'bytes of one length without any annotation',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 2 },
        values('FIXED_LEN_BYTE_ARRAY', Buffer.from('ab'), Buffer.from('cd')),
      ),
      ['ab', 'cd'],
    ],
    [
      'decimals in 32 bits',
      one({ type: 'INT32', converted: DECIMAL, scale: 2 }, values('INT32', -5, 100)),
      ['-0.05', '1.00'],
    ],
    [
      'decimals in 64 bits',
      one({ type: 'INT64', converted: DECIMAL, scale: 3 }, values('INT64', -1n, 12_345n)),
      ['-0.001', '12.345'],
    ],
    [
      'decimals in as many bytes as each takes',
      one(
        { type: 'BYTE_ARRAY', converted: DECIMAL, scale: 2 },
        {
          rows: 3,
          body: Buffer.concat([int(1, 0, 0, 0, 0xff), int(2, 0, 0, 0, 0x04, 0xd2), int(3, 0, 0, 0, 0, 0, 7)]),
        },
      ),
      ['-0.01', '12.34', '0.07'],
    ],
    [
      'decimals in 13 bytes',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 13, converted: DECIMAL, scale: 2 },
        values(
          'FIXED_LEN_BYTE_ARRAY',
          Buffer.from(`${'00'.repeat(11)}04d2`, 'hex'),
          Buffer.from('ff'.repeat(13), 'hex'),
        ),
      ),
      ['12.34', '-0.01'],
    ],
    ['a logical type that is not known yet', one({ type: 'INT32', logical: { 99: {} } }, values('INT32', 5)), ['5']],
    ['a NaN alone', one({ type: 'DOUBLE' }, values('DOUBLE', Number.NaN)), ['NaN']],
    ['a null alone', one({ type: 'INT32', optional: true }, { rows: 1, body: levels(0, 1) }), ['']],
    [
      'pages of no rows between others',
      one({ type: 'INT32' }, values('INT32', 1), values('INT32'), values('INT32', 2)),
      ['1', '2'],
    ],
    [
      'nulls and values in one page',
      one({ type: 'BYTE_ARRAY', optional: true }, { rows: 3, body: Buffer.concat([levels(0b101, 3), two]) }),
      ['x', '', 'yy'],
    ],
    [
      'a page of the second version without any bytes, as all is null',
      one(
        { type: 'INT32', optional: true, codec: SNAPPY },
        { rows: 2, version: 2, nulls: 2, definition: int(4, 0), body: Buffer.alloc(0) },
      ),
      ['', ''],
    ],
    [
      'an empty page that was packed all the same',
      one(
        { type: 'INT32', optional: true, codec: SNAPPY },
        { rows: 2, version: 2, nulls: 2, definition: int(4, 0), body: int(0), unpacked: 0 },
      ),
      ['', ''],
    ],
    [
      'a page of the second version, packed',
      one({ type: 'BYTE_ARRAY', codec: SNAPPY }, { rows: 2, version: 2, body: snappy(two), unpacked: two.length }),
      ['x', 'yy'],
    ],
    [
      'a page of several gzip members',
      one(
        { type: 'BYTE_ARRAY', codec: GZIP },
        {
          rows: 2,
          body: Buffer.concat([gzipSync(two.subarray(0, 4)), gzipSync(two.subarray(4))]),
          unpacked: two.length,
        },
      ),
      ['x', 'yy'],
    ],
    [
      'a dictionary of one value, of which numbers need no bits',
      one(
        { type: 'BYTE_ARRAY' },
        { ...values('BYTE_ARRAY', 'x'), dictionary: true },
        { rows: 3, encoding: 'RLE_DICTIONARY', body: int(0, 6) },
      ),
      ['x', 'x', 'x'],
    ],
    [
      'a dictionary and plain pages behind it',
      one(
        { type: 'BYTE_ARRAY' },
        { ...values('BYTE_ARRAY', 'x', 'z'), dictionary: true },
        { rows: 2, encoding: 'PLAIN_DICTIONARY', body: int(1, 3, 0b10) },
        values('BYTE_ARRAY', 'y'),
      ),
      ['x', 'z', 'y'],
    ],
    [
      'truth values as bits',
      one({ type: 'BOOLEAN' }, { rows: 10, body: int(0b0101_0101, 0b11) }),
      ['true', 'false', 'true', 'false', 'true', 'false', 'true', 'false', 'true', 'true'],
    ],
    [
      'texts behind all of their lengths',
      one(
        { type: 'BYTE_ARRAY' },
        {
          rows: 2,
          encoding: 'DELTA_LENGTH_BYTE_ARRAY',
          body: Buffer.concat([deltas([1n, 2n], 8), Buffer.from('xyy')]),
        },
      ),
      ['x', 'yy'],
    ],
    [
      'texts that share beginnings',
      one(
        { type: 'BYTE_ARRAY' },
        {
          rows: 2,
          encoding: 'DELTA_BYTE_ARRAY',
          body: Buffer.concat([deltas([0n, 2n], 8), deltas([3n, 1n], 8), Buffer.from('axxb')]),
        },
      ),
      ['axx', 'axb'],
    ],
    [
      'bytes of one length that share beginnings',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 2 },
        {
          rows: 2,
          encoding: 'DELTA_BYTE_ARRAY',
          body: Buffer.concat([deltas([0n, 1n], 8), deltas([2n, 1n], 8), Buffer.from('axb')]),
        },
      ),
      ['ax', 'ab'],
    ],
    [
      'doubles by their bytes',
      one(
        { type: 'DOUBLE' },
        { rows: 2, encoding: 'BYTE_STREAM_SPLIT', body: split(plain('DOUBLE', [1.5, -2.25]), 8) },
      ),
      ['1.5', '-2.25'],
    ],
    [
      'numbers of 32 bits by their bytes',
      one({ type: 'INT32' }, { rows: 2, encoding: 'BYTE_STREAM_SPLIT', body: split(plain('INT32', [1, -70_000]), 4) }),
      ['1', '-70000'],
    ],
    [
      'decimals by their bytes',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 3, converted: DECIMAL, scale: 2 },
        { rows: 2, encoding: 'BYTE_STREAM_SPLIT', body: split(int(0, 4, 0xd2, 0xff, 0xff, 0xff), 3) },
      ),
      ['12.34', '-0.01'],
    ],
    [
      'half numbers by their bytes',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 2, logical: { 15: {} } },
        { rows: 2, encoding: 'BYTE_STREAM_SPLIT', body: split(int(0, 0x3c, 0, 0xc0), 2) },
      ),
      ['1', '-2'],
    ],
    [
      'a page of the second version that is not packed, in a column that is',
      one({ type: 'BYTE_ARRAY', codec: SNAPPY }, { rows: 2, version: 2, body: two, packed: false }),
      ['x', 'yy'],
    ],
    [
      'a page of the second version that says that it is packed',
      one(
        { type: 'BYTE_ARRAY', codec: GZIP },
        { rows: 2, version: 2, body: gzipSync(two), unpacked: two.length, packed: true },
      ),
      ['x', 'yy'],
    ],
    ['pages packed by Brotli', packedBy(BROTLI, brotliCompressSync(two)), ['x', 'yy']],
    ['pages packed by Zstandard', packedBy(ZSTD, zstdCompressSync(two)), ['x', 'yy']],
    ['pages packed by LZ4', packedBy(LZ4_RAW, lz4(two)), ['x', 'yy']],
    ['pages packed by LZ4 in the frames of Hadoop', packedBy(LZ4, framed(two)), ['x', 'yy']],
    [
      'pages packed by LZ4 in several such frames',
      packedBy(LZ4, Buffer.concat([framed(two.subarray(0, 4)), framed(two.subarray(4))])),
      ['x', 'yy'],
    ],
    ['pages packed by LZ4 under the name of the frames, without any', packedBy(LZ4, lz4(two)), ['x', 'yy']],
    [
      'pages packed by Snappy with matches',
      one(
        { type: 'BYTE_ARRAY', codec: SNAPPY },
        // The length, a literal of five bytes, a copy of five from five bytes before.
        { rows: 2, body: int(10, 4 << 2, 1, 0, 0, 0, 120, ((5 - 4) << 2) | 1, 5), unpacked: 10 },
      ),
      ['x', 'x'],
    ],
    ['a dictionary that the footer says nothing of', withDictionary('unsaid'), ['x', 'yy']],
    ['a dictionary that the footer places at 0', withDictionary('zero'), ['x', 'yy']],
    [
      'a dictionary in pages of nulls alone',
      one(
        { type: 'BYTE_ARRAY', optional: true },
        { ...values('BYTE_ARRAY', 'x'), dictionary: true },
        { rows: 2, encoding: 'RLE_DICTIONARY', body: levels(0, 2) },
        { rows: 2, encoding: 'RLE_DICTIONARY', body: Buffer.concat([levels(0b10, 2), int(1, 2, 0)]) },
      ),
      ['', '', '', 'x'],
    ],
    [
      'several row groups, some without rows',
      groupedFile([
        [column(values('BYTE_ARRAY', 'x'))],
        [column()],
        [column(values('BYTE_ARRAY', 'yy'), values('BYTE_ARRAY', 'z'))],
        [column(values('BYTE_ARRAY'))],
      ]),
      ['x', 'yy', 'z'],
    ],
    [
      'a dictionary in each of its row groups',
      groupedFile(
        ['x', 'y'].map((text) => [
          column(
            { ...values('BYTE_ARRAY', text), dictionary: true },
            { rows: 1, encoding: 'RLE_DICTIONARY', body: int(0, 2) },
          ),
        ]),
      ),
      ['x', 'y'],
    ],
    [
      'statistics, filters and indexes, of which none is read',
      parquetFile(
        [
          {
            type: 'INT32',
            pages: [values('INT32', 5)],
            more: {
              chunk: { 4: 1n, 5: 2, 6: 3n, 7: 4 },
              meta: {
                8: [{ 1: 'k', 2: 'v' }],
                12: { 3: 0n, 5: int(9, 0, 0, 0), 6: int(5, 0, 0, 0), 7: true, 8: false },
                13: [{ 1: 0, 2: 0, 3: 1 }],
                14: 4n,
                15: 10,
              },
            },
          },
        ],
        {
          more: {
            file: { 5: [{ 1: 'ARROW:schema', 2: '/////' }, { 1: 'empty' }], 6: 'made by hand', 7: [{ 1: {} }] },
            group: { 4: [{ 1: 0, 2: true, 3: false }], 5: 4n, 6: 20n },
          },
        },
      ),
      ['5'],
    ],
    [
      'statistics of the last day that a date can be',
      one(
        { type: 'INT32', converted: 6, more: { meta: { 12: { 5: int(255, 255, 255, 127), 6: int(0, 0, 0, 128) } } } },
        values('INT32', 0),
      ),
      ['1970-01-01'],
    ],
    [
      'decimals in 32 bits by their logical type',
      one({ type: 'INT32', logical: decimal }, values('INT32', -5)),
      ['-0.05'],
    ],
    [
      'decimals in 64 bits by their logical type',
      one({ type: 'INT64', logical: decimal }, values('INT64', 5n)),
      ['0.05'],
    ],
    [
      'decimals in bytes by their logical type',
      one({ type: 'BYTE_ARRAY', logical: decimal }, { rows: 1, body: int(2, 0, 0, 0, 0x04, 0xd2) }),
      ['12.34'],
    ],
    [
      'decimals in bytes of one length by their logical type',
      one({ type: 'FIXED_LEN_BYTE_ARRAY', length: 2, logical: decimal }, { rows: 1, body: int(0xfb, 0x2e) }),
      ['-12.34'],
    ],
    [
      'decimals without places',
      one({ type: 'INT32', logical: { 5: { 1: 0, 2: 9 } } }, values('INT32', -5, 0)),
      ['-5', '0'],
    ],
    ['a time in milliseconds', one({ type: 'INT32', logical: timeOf(MILLIS) }, values('INT32', 1)), ['00:00:00.001']],
    [
      'a time in microseconds',
      one({ type: 'INT64', logical: timeOf(MICROS) }, values('INT64', 1n)),
      ['00:00:00.000001'],
    ],
    [
      'a time in nanoseconds',
      one({ type: 'INT64', logical: timeOf(NANOS) }, values('INT64', 1n)),
      ['00:00:00.000000001'],
    ],
    [
      'a moment in milliseconds before 1970, of UTC',
      one({ type: 'INT64', logical: momentOf(MILLIS, true) }, values('INT64', -1n)),
      ['1969-12-31T23:59:59.999Z'],
    ],
    [
      'a moment in microseconds, of UTC',
      one({ type: 'INT64', logical: momentOf(MICROS, true) }, values('INT64', 1n)),
      ['1970-01-01T00:00:00.000001Z'],
    ],
    [
      'a moment in nanoseconds, of no zone',
      one({ type: 'INT64', logical: momentOf(NANOS, false) }, values('INT64', -1n)),
      ['1969-12-31T23:59:59.999999999'],
    ],
    ['a date by its logical type', one({ type: 'INT32', logical: { 6: {} } }, values('INT32', -1)), ['1969-12-31']],
    ['a text by its logical type', one({ type: 'BYTE_ARRAY', logical: { 1: {} } }, values('BYTE_ARRAY', '北')), ['北']],
    ['an enum by its logical type', one({ type: 'BYTE_ARRAY', logical: { 4: {} } }, values('BYTE_ARRAY', 'A')), ['A']],
    ['an enum by its older type', one({ type: 'BYTE_ARRAY', converted: 4 }, values('BYTE_ARRAY', 'A')), ['A']],
    [
      'JSON by its logical type',
      one({ type: 'BYTE_ARRAY', logical: { 12: {} } }, values('BYTE_ARRAY', '[1]')),
      ['[1]'],
    ],
    ['JSON by its older type', one({ type: 'BYTE_ARRAY', converted: 19 }, values('BYTE_ARRAY', '{}')), ['{}']],
    [
      'a UUID',
      one(
        { type: 'FIXED_LEN_BYTE_ARRAY', length: 16, logical: { 14: {} } },
        { rows: 1, body: Buffer.from('0123456789abcdef0123456789ABCDEF', 'hex') },
      ),
      ['01234567-89ab-cdef-0123-456789abcdef'],
    ],
    [
      'a column of nulls that has no type of its own',
      one({ type: 'INT32', logical: { 11: {} }, optional: true }, { rows: 2, body: levels(0, 2) }),
      ['', ''],
    ],
    [
      'truth values in runs, with repetition levels',
      one(
        { type: 'BOOLEAN', optional: true },
        {
          rows: 4,
          version: 2,
          encoding: 'RLE',
          repetition: int(8, 0),
          definition: int(6, 1, 2, 0),
          nulls: 1,
          body: int(2, 0, 0, 0, 6, 1),
        },
      ),
      ['true', 'true', 'true', ''],
    ],
    [
      'levels in an encoding that is no more, where there are none',
      one({ type: 'INT32' }, { ...values('INT32', 1), levels: 'BIT_PACKED' }),
      ['1'],
    ],
    [
      'a time of the day in milliseconds',
      one({ type: 'INT32', converted: 7 }, values('INT32', 8_250)),
      ['00:00:08.25'],
    ],
    [
      'a moment in no zone',
      one({ type: 'INT64', logical: { 8: { 1: false, 2: { 1: {} } } } }, values('INT64', 1n)),
      ['1970-01-01T00:00:00.001'],
    ],
  ])('%s', (_, file, rows) => {
    expect(parquetCsv(file)).toBe(`a\n${rows.map((row) => `${row}\n`).join('')}`);
  });

  test('differences of every width', () => {
    const widths = Array.from({ length: 65 }, (_, width) => width);
    const listOf = (width: number): bigint[] =>
      Array.from({ length: 100 }, (_, i) =>
        width === 0 ? 3n : BigInt.asIntN(64, 2n ** BigInt(width - 1) * BigInt(i % 2)),
      );
    const file = parquetFile(
      widths.map((width) => ({
        name: `w${width}`,
        type: 'INT64',
        pages: [
          {
            rows: 100,
            encoding: 'DELTA_BINARY_PACKED',
            body: deltas(listOf(width), width === 0 ? 0 : Math.min(64, width + 1)),
          },
        ],
      })),
    );
    const lists = widths.map(listOf);
    const rows = Array.from({ length: 100 }, (_, i) => `${lists.map((list) => list[i]).join()}\n`);
    expect(parquetCsv(file)).toBe(`${widths.map((width) => `w${width}`).join()}\n${rows.join('')}`);
  });
});

describe('a file is refused that has', () => {
  test.each<[trait: string, file: Buffer]>([
    [
      'a number beyond its dictionary',
      one(
        { type: 'BYTE_ARRAY' },
        { ...values('BYTE_ARRAY', 'x'), dictionary: true },
        { rows: 2, encoding: 'RLE_DICTIONARY', body: int(2, 4, 3) },
      ),
    ],
    [
      'numbers of a dictionary that is not there',
      one({ type: 'BYTE_ARRAY' }, { rows: 2, encoding: 'RLE_DICTIONARY', body: int(1, 4, 0) }),
    ],
    ['a page cut short', one({ type: 'INT64' }, { rows: 3, body: plain('INT64', [1n, 2n]) })],
    ['a text cut short', one({ type: 'BYTE_ARRAY' }, { rows: 1, body: int(9, 0, 0, 0, 0x78) })],
    [
      'a column with fewer rows than another',
      parquetFile([
        { name: 'a', type: 'INT32', pages: [values('INT32', 1, 2)] },
        { name: 'b', type: 'INT32', pages: [values('INT32', 1)] },
      ]),
    ],
    [
      'a run without end',
      one(
        { type: 'BYTE_ARRAY' },
        { ...values('BYTE_ARRAY', 'x'), dictionary: true },
        { rows: 2, encoding: 'RLE_DICTIONARY', body: int(1) },
      ),
    ],
    [
      'as many nulls as it does not say',
      one(
        { type: 'INT32', optional: true },
        { rows: 2, version: 2, nulls: 1, definition: int(4, 0), body: Buffer.alloc(0) },
      ),
    ],
    [
      'pages packed by something else',
      one({ type: 'BYTE_ARRAY', codec: GZIP }, { rows: 2, body: deflateRawSync(two), unpacked: two.length }),
    ],
    [
      'pages that unpack to less than they say',
      one({ type: 'BYTE_ARRAY', codec: GZIP }, { rows: 2, body: gzipSync(two), unpacked: two.length + 1 }),
    ],
    ['pages packed by LZO', packedBy(LZO, two)],
    ['pages packed by what is nobody’s number', packedBy(99, two)],
    ['LZ4 that unpacks to less than it says', packedBy(LZ4_RAW, lz4(two), two.length + 1)],
    ['frames of LZ4 that unpack to less than they say', packedBy(LZ4, framed(two), two.length + 1)],
    ['Snappy that unpacks to less than it says', packedBy(SNAPPY, snappy(two), two.length + 1)],
    ['Zstandard that unpacks to more than it says', packedBy(ZSTD, zstdCompressSync(two), two.length - 1)],
    ['Brotli that unpacks to more than it says', packedBy(BROTLI, brotliCompressSync(two), two.length - 1)],
    ['repeated values', one({ type: 'INT32', repeated: true }, values('INT32', 1))],
    ['BSON by its logical type', one({ type: 'BYTE_ARRAY', logical: { 13: {} } }, values('BYTE_ARRAY', 'x'))],
    ['BSON by its older type', one({ type: 'BYTE_ARRAY', converted: 20 }, values('BYTE_ARRAY', 'x'))],
    [
      'intervals',
      one({ type: 'FIXED_LEN_BYTE_ARRAY', length: 12, converted: 21 }, { rows: 1, body: Buffer.alloc(12) }),
    ],
    ['a list that is none', one({ type: 'BYTE_ARRAY', converted: 3 }, values('BYTE_ARRAY', 'x'))],
    ['a map that is none', one({ type: 'BYTE_ARRAY', converted: 1 }, values('BYTE_ARRAY', 'x'))],
    ['geometries', one({ type: 'BYTE_ARRAY', logical: { 17: {} } }, values('BYTE_ARRAY', 'x'))],
    ['places on a sphere', one({ type: 'BYTE_ARRAY', logical: { 18: {} } }, values('BYTE_ARRAY', 'x'))],
    ['values of many kinds', one({ type: 'BYTE_ARRAY', logical: { 16: {} } }, values('BYTE_ARRAY', 'x'))],
    [
      'a column in another file',
      one({ type: 'INT32', more: { chunk: { 1: 'elsewhere.parquet' } } }, values('INT32', 1)),
    ],
    [
      'a column that is cut off',
      parquetFile([{ type: 'INT32', pages: [values('INT32', 1)], more: { meta: { 7: 1n } } }]).subarray(40),
    ],
    [
      'levels longer than their page',
      one({ type: 'INT32', optional: true }, { rows: 1, body: int(200, 0, 0, 0, 3, 1) }),
    ],
  ])('%s', (_, file) => {
    expect(() => parquetCsv(file)).toThrow();
  });
});

test('a file without columns has no header that could be read', async () => {
  expect(await refusalOf(columns('a'), parquetFile([]))).toMatch(/^(?:header|empty): /);
});
