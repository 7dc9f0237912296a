import { gzipSync } from 'node:zlib';
import { RefusedFile } from '../../../functions/records/formats/refused-file.ts';
import { describe, expect, test } from '@jest/globals';
import { type ColumnParts, deltas, type ENCODINGS, type PageParts, parquetFile, plain } from './parquet-file.ts';
import { parquetCsv } from './read-parquet.ts';

describe('differences', () => {
  const UINT_32 = 13;
  test.each<[string, Omit<ColumnParts, 'pages'>, bigint[], number, string[]]>([
    [
      'of unsigned numbers of 32 bits, wider than these',
      { type: 'INT32', converted: UINT_32 },
      [4_294_967_295n, 0n, 4_294_967_295n],
      40,
      ['4294967295', '0', '4294967295'],
    ],
    [
      'that wrap around',
      { type: 'INT32' },
      [2_147_483_647n, -2_147_483_648n, 5n],
      33,
      ['2147483647', '-2147483648', '5'],
    ],
    [
      'of 64 bits from end to end',
      { type: 'INT64' },
      [-(2n ** 63n), 2n ** 63n - 1n, 0n],
      64,
      ['-9223372036854775808', '9223372036854775807', '0'],
    ],
    ['of no bits', { type: 'INT64' }, [7n, 9n, 11n], 0, ['7', '9', '11']],
    ['of one', { type: 'INT32' }, [7n], 0, ['7']],
  ])('%s', (_, column, values, width, expected) => {
    const body = deltas(values, width);
    const file = parquetFile([{ ...column, pages: [{ rows: values.length, body, encoding: 'DELTA_BINARY_PACKED' }] }]);
    expect(parquetCsv(file)).toBe(`a\n${expected.join('\n')}\n`);
  });

  test.each<[string, Buffer]>([
    ['of more values than the page has', deltas([1n, 2n, 3n], 8)],
    ['of fewer', deltas([1n], 8)],
    ['in blocks of nothing', Buffer.from([0, 1, 2, 2, 2, 0])],
    ['in no blocks', Buffer.from([128, 1, 0, 2, 2, 2, 0])],
    ['wider than any number', Buffer.concat([Buffer.from([128, 1, 1, 2, 2, 2, 65]), Buffer.alloc(2000)])],
    ['that end early', deltas([1n, 300n], 64).subarray(0, 12)],
    ['that never say a number', Buffer.alloc(40, 0xff)],
  ])('%s refuse the file', (_, body) => {
    const file = parquetFile([{ type: 'INT64', pages: [{ rows: 2, body, encoding: 'DELTA_BINARY_PACKED' }] }]);
    expect(() => parquetCsv(file)).toThrow(RefusedFile);
  });
});

describe('an encoding is not read for a type that it is not for', () => {
  const wrong: readonly (readonly [keyof typeof ENCODINGS, readonly ColumnParts['type'][]])[] = [
    ['RLE', ['INT32', 'BYTE_ARRAY', 'DOUBLE']],
    ['DELTA_BINARY_PACKED', ['BOOLEAN', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'INT96']],
    ['DELTA_LENGTH_BYTE_ARRAY', ['BOOLEAN', 'INT32', 'INT64', 'DOUBLE']],
    ['DELTA_BYTE_ARRAY', ['BOOLEAN', 'INT32', 'INT64', 'DOUBLE']],
    ['BYTE_STREAM_SPLIT', ['BOOLEAN', 'BYTE_ARRAY', 'INT96']],
    ['BIT_PACKED', ['BOOLEAN', 'INT32']],
  ];

  test.each(wrong.flatMap(([encoding, types]) => types.map((type) => [encoding, type] as const)))(
    '%s in %s',
    (encoding, type) => {
      const body = encoding.startsWith('DELTA')
        ? Buffer.concat([deltas([5n, 5n], 8), Buffer.alloc(64)])
        : Buffer.alloc(64, 1);
      const file = parquetFile([{ type, pages: [{ rows: 2, body, encoding }] }]);
      expect(() => parquetCsv(file)).toThrow(RefusedFile);
    },
  );
});

describe('a page', () => {
  const texts2 = plain('BYTE_ARRAY', ['x', 'yy']);

  test.each<[string, PageParts]>([
    ['with a right checksum', { rows: 2, body: texts2, crc: 'right' }],
    ['of the second version with a right checksum', { rows: 2, body: texts2, version: 2, crc: 'right' }],
    [
      'with repetition levels that a flat column does not need',
      { rows: 2, body: texts2, version: 2, repetition: Buffer.of(4, 0) },
    ],
    [
      'with definition levels that a required column does not need',
      { rows: 2, body: texts2, version: 2, definition: Buffer.of(4, 0) },
    ],
  ])('%s is read', (_, page) => {
    const file = parquetFile([{ type: 'BYTE_ARRAY', pages: [page] }]);
    expect(parquetCsv(file)).toBe('a\nx\nyy\n');
  });

  test('of truth values in runs, with repetition levels, is read', () => {
    const runs = Buffer.of(2, 0, 0, 0, 6, 1);
    const page: PageParts = {
      rows: 4,
      body: runs,
      version: 2,
      encoding: 'RLE',
      repetition: Buffer.of(8, 0),
      definition: Buffer.of(6, 1, 2, 0),
      nulls: 1,
    };
    const file = parquetFile([{ type: 'BOOLEAN', optional: true, pages: [page] }]);
    expect(parquetCsv(file)).toBe('a\ntrue\ntrue\ntrue\n\n');
  });

  const GZIP = 2;
  test.each<[string, PageParts, Partial<ColumnParts>]>([
    ['with a wrong checksum', { rows: 2, body: texts2, crc: 'wrong' }, {}],
    ['of the second version with a wrong checksum', { rows: 2, body: texts2, version: 2, crc: 'wrong' }, {}],
    [
      'with levels in an encoding that is no more',
      { rows: 2, body: Buffer.concat([Buffer.of(2, 0, 0, 0, 4, 1), texts2]), levels: 'BIT_PACKED' },
      { optional: true },
    ],
    [
      'with more levels than it has bytes',
      { rows: 2, body: texts2, version: 2, repetition: Buffer.alloc(0), unpacked: -20 },
      {},
    ],
    [
      'whose text goes on beyond it',
      { rows: 1, body: gzipSync(Buffer.of(200, 0, 0, 0, 0x78)), unpacked: 5 },
      { codec: GZIP },
    ],
    [
      'whose numbers go on beyond it',
      { rows: 2, body: gzipSync(Buffer.alloc(9)), unpacked: 9 },
      { type: 'INT64', codec: GZIP },
    ],
  ])('%s refuses the file', (_, page, column) => {
    const file = parquetFile([{ type: 'BYTE_ARRAY', ...column, pages: [page] }]);
    expect(() => parquetCsv(file)).toThrow(RefusedFile);
  });
});

test('a dictionary with a wrong checksum refuses the file', () => {
  const fileOf = (crc: 'right' | 'wrong'): Buffer => {
    const dictionary: PageParts = { rows: 2, body: plain('BYTE_ARRAY', ['x', 'yy']), dictionary: true, crc };
    const page: PageParts = { rows: 3, body: Buffer.of(1, 6, 1), encoding: 'RLE_DICTIONARY' };
    return parquetFile([{ type: 'BYTE_ARRAY', pages: [dictionary, page] }]);
  };
  expect(parquetCsv(fileOf('right'))).toBe('a\nyy\nyy\nyy\n');
  expect(() => parquetCsv(fileOf('wrong'))).toThrow(RefusedFile);
});
