import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { aSchema, columns } from '../support.ts';
import { duckParquet, duckRows } from './duckdb.ts';
import { type ColumnParts, deltas, type ENCODINGS, type PageParts, parquetFile, plain } from './parquet-file.ts';
import { checkFile, refusalOf } from './support.ts';

const texts = (...names: string[]) => aSchema({ fields: names.map((name) => ({ name, type: 'string' })) });

/** DuckDB's words for a moment, as ours. */
const moment = (text: string): string => text.replace(' ', 'T').replace(/\+00$/, 'Z');
const same = (text: string): string => text;
const single = (text: string): string => String(Math.fround(Number(text)));
const double = (text: string): string => String(Number(text));

/** By a type of DuckDB: values of any row `i`, its extremes, and how its text and ours become one. */
const TYPES: readonly (readonly [
  type: string,
  value: string,
  extremes: readonly string[],
  as: (text: string) => string,
])[] = [
  ['TINYINT', 'h % 256 - 128', ['-128', '127'], same],
  ['SMALLINT', 'h % 65536 - 32768', ['-32768', '32767'], same],
  ['INTEGER', 'h % 4294967296 - 2147483648', ['-2147483648', '2147483647'], same],
  ['BIGINT', 'h - 9223372036854775808', ['-9223372036854775808', '9223372036854775807'], same],
  ['UTINYINT', 'h % 256', ['0', '255'], same],
  ['USMALLINT', 'h % 65536', ['0', '65535'], same],
  ['UINTEGER', 'h % 4294967296', ['4294967295', '0', '2147483648'], same],
  ['UBIGINT', 'h', ['18446744073709551615', '0', '9223372036854775808'], same],
  ['DECIMAL(4,2)', '(h % 19999 - 9999) / 100', ['-99.99', '99.99'], same],
  ['DECIMAL(9,4)', '(h % 1999999 - 999999) / 10000', ['-99999.9999', '0.0001'], same],
  ['DECIMAL(18,6)', 'h % 1000000007', ['-999999999999.999999', '999999999999.999999'], same],
  ['DECIMAL(38,10)', 'h', ['-9999999999999999999999999999.9999999999', '0.0000000001'], same],
  ['FLOAT', 'h / 1e7', ['1.17549435e-38', '-3.4028235e38', '0.1'], single],
  ['DOUBLE', 'h / 1e7', ['4.9e-324', '-1.7976931348623157e308', '0.1'], double],
  ['BOOLEAN', 'h % 3 = 0', ['true', 'false'], same],
  ['DATE', "DATE '1970-01-01' + (h % 2000000)::INTEGER", ['0001-01-01', '9999-12-31', '1969-12-31'], same],
  ['TIME', "TIME '00:00:00' + to_microseconds((h % 86400000000)::BIGINT)", ['00:00:00', '23:59:59.999999'], same],
  [
    'TIMESTAMP',
    'make_timestamp((h % 200000000000000000)::BIGINT)',
    ['0001-01-01', '9999-12-31 23:59:59.999999'],
    moment,
  ],
  ['TIMESTAMP_S', 'make_timestamp((h % 200000000000000000)::BIGINT)', ['1969-12-31 23:59:59'], moment],
  ['TIMESTAMP_MS', 'make_timestamp((h % 200000000000000000)::BIGINT)', ['1969-12-31 23:59:59.999'], moment],
  ['TIMESTAMP_NS', 'make_timestamp((h % 9000000000000000)::BIGINT)', ['1969-12-31 23:59:59.999999999'], moment],
  ['TIMESTAMPTZ', 'make_timestamp((h % 200000000000000000)::BIGINT)', ['0001-01-01 00:00:00+00'], moment],
  [
    'UUID',
    "(lpad(to_hex(h::UBIGINT), 16, '0') || lpad(to_hex(i), 16, '0'))::UUID",
    ['00000000-0000-0000-0000-000000000000'],
    same,
  ],
  ['VARCHAR', "repeat('北x', (h % 9)::INTEGER) || h", ['"a,b"'], same],
  ["ENUM('a', 'b', 'c')", "['a', 'b', 'c'][(h % 3)::INTEGER + 1]", ['a'], same],
  ['JSON', "json_object('a', h)", ['[1, {}]'], same],
];

describe.each([
  ['V1, in pages of dictionaries and plain values', 'PARQUET_VERSION v1'],
  ['V1, without compression', 'PARQUET_VERSION v1, COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1'],
  ['V2, in pages of its own encodings', 'PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1'],
  ['V2, in pages of dictionaries', 'PARQUET_VERSION v2, COMPRESSION zstd, DICTIONARY_SIZE_LIMIT 100000'],
])('a file of DuckDB in %s', (_, options) => {
  test('says what DuckDB reads in it, of every type', async () => {
    const values = TYPES.map(([type, value, extremes], n) => {
      const cases = extremes.map((text, i) => `WHEN i = ${i * 3 + 1} THEN '${text}'::${type}`).join(' ');
      return `CASE WHEN i % 7 = 0 THEN NULL ${cases} ELSE (${value})::${type} END AS c${n}`;
    });
    const query = `SELECT ${values.join(', ')} FROM (SELECT i, hash(i + 1)::HUGEINT AS h FROM range(3000) t(i))`;
    const file = await duckParquet(query, options);
    const names = TYPES.map((__, n) => `c${n}`);
    const expected = await duckRows(
      file,
      `SELECT ${names.map((name) => `${name}::VARCHAR AS ${name}`).join(', ')} FROM FILE`,
    );
    const { accepted, report } = await checkFile(texts(...names), file);
    const rows = parse(accepted, { columns: true }) as Record<string, string>[];
    expect([report, rows.length]).toEqual([[], expected.length]);
    TYPES.forEach(([type, , , as], n) => {
      const theirs = expected.map((row) => row[`c${n}`] as string | null);
      const ours = rows.map((row) => row[`c${n}`] ?? '');
      expect([type, ours.map((text) => (text === '' ? '' : as(text)))]).toEqual([
        type,
        theirs.map((text) => (text === null ? '' : as(text))),
      ]);
    });
  });
});

describe('a value beyond its type is rejected at its place, whatever the field takes:', () => {
  test.each<[string, string]>([
    ["DATE '10000-01-01'", '2932897'],
    ["DATE 'infinity'", '2147483647'],
    ["DATE '0044-03-15 (BC)'", '-735160'],
    ["TIMESTAMP 'infinity'", '9223372036854775807'],
    ["TIMESTAMP '294247-01-10 04:00:54'", '9223372036854000000'],
    ["TIME '24:00:00'", '86400000000'],
  ])('%s', async (sql, value) => {
    for (const field of [{ type: 'string' }, { type: 'any' }, { type: 'date' }])
      expect(
        await checkFile(
          aSchema({ fields: [{ name: 'id' }, { name: 'a', ...field }] }),
          await duckParquet(`SELECT 'x' AS id, ${sql} AS a`),
        ),
      ).toMatchObject({ report: [`2,2,a,type,${value}`] });
  });

  const stored = (column: Omit<ColumnParts, 'pages'>, values: Parameters<typeof plain>[1]): Buffer =>
    parquetFile([{ ...column, pages: [{ rows: values.length, body: plain(column.type, values) }] }]);

  // Converted types by their numbers in parquet.thrift.
  test.each<[string, Omit<ColumnParts, 'pages'>, (number | bigint)[], string[]]>([
    ['UINT_8', { type: 'INT32', converted: 11 }, [255, 256, -1], ['3,1,a,type,256', '4,1,a,type,-1']],
    ['INT_8', { type: 'INT32', converted: 15 }, [-128, 128, -129], ['3,1,a,type,128', '4,1,a,type,-129']],
    ['UINT_16', { type: 'INT32', converted: 12 }, [65_535, 65_536], ['3,1,a,type,65536']],
    ['INT_16', { type: 'INT32', converted: 16 }, [-32_768, 32_768], ['3,1,a,type,32768']],
    ['UINT_32', { type: 'INT32', converted: 13 }, [-1], []],
    ['UINT_64', { type: 'INT64', converted: 14 }, [-1n], []],
    ['INT(8, true)', { type: 'INT32', logical: { 10: { 1: 8, 2: true } } }, [127, 200], ['3,1,a,type,200']],
    ['TIME_MILLIS', { type: 'INT32', converted: 7 }, [0, -1, 86_400_000], ['3,1,a,type,-1', '4,1,a,type,86400000']],
    ['TIME_MICROS', { type: 'INT64', converted: 8 }, [0n, 90_000_000_000n], ['3,1,a,type,90000000000']],
    ['TIMESTAMP_MILLIS', { type: 'INT64', converted: 9 }, [0n, 253_402_300_800_000n], ['3,1,a,type,253402300800000']],
    [
      'TIMESTAMP_MICROS',
      { type: 'INT64', converted: 10 },
      [-62_167_219_200_000_001n],
      ['2,1,a,type,-62167219200000001'],
    ],
  ])('%s', async (_, column, values, expected) => {
    const { report } = await checkFile(columns('a'), stored(column, values));
    expect(report).toEqual(expected);
  });

  test.each<[string, bigint, number, boolean]>([
    ['the last nanosecond of a day', 86_399_999_999_999n, 2_461_376, true],
    ['more nanoseconds than a day has', 86_400_000_000_000n, 2_461_376, false],
    ['fewer than none', -1n, 2_461_376, false],
    ['a year before the first', 0n, 0, false],
    ['a year beyond 9999', 0n, 107_641_000, false],
  ])('INT96 of %s', async (_, nanoseconds, day, good) => {
    const bytes = Buffer.alloc(12);
    bytes.writeBigInt64LE(nanoseconds, 0);
    bytes.writeInt32LE(day, 8);
    const { report, accepted } = await checkFile(columns('a'), stored({ type: 'INT96' }, [bytes]));
    expect(report.map((row) => row.split(',').slice(0, 4).join())).toEqual(good ? [] : ['2,1,a,type']);
    expect(accepted).toBe(good ? 'a\n2026-12-01T23:59:59.999999999\n' : 'a\n');
  });

  test.each<[string, Omit<ColumnParts, 'pages'>]>([
    ['a date in a double', { type: 'DOUBLE', converted: 6 }],
    ['a decimal in a double', { type: 'DOUBLE', converted: 5, scale: 1 }],
    ['microseconds in 32 bits', { type: 'INT32', converted: 10 }],
    ['a byte in 64 bits', { type: 'INT64', converted: 15 }],
    ['64 bits in 32', { type: 'INT32', converted: 14 }],
    ['a text in a number', { type: 'INT32', converted: 0 }],
    ['a UUID of another length', { type: 'FIXED_LEN_BYTE_ARRAY', length: 4, logical: { 14: {} } }],
    ['a half number of another length', { type: 'FIXED_LEN_BYTE_ARRAY', length: 4, logical: { 15: {} } }],
  ])('%s refuses the file', async (_, column) => {
    const value = { FIXED_LEN_BYTE_ARRAY: Buffer.alloc(4), INT64: 1n }[column.type as 'INT64'] ?? 1;
    expect(await refusalOf(columns('a'), stored(column, [value]))).toMatch(/^unreadable: the column "a" has the type /);
  });

  test('a decimal without any bytes refuses the file', async () => {
    const file = stored({ type: 'BYTE_ARRAY', converted: 5, scale: 2 }, ['']);
    expect(await refusalOf(columns('a'), file)).toMatch(/^unreadable: /);
  });

  test('a null where the field has no sign for it breaks required', async () => {
    const schema = aSchema({ fields: [{ name: 'a', type: 'string', missingValues: [] }, { name: 'b' }] });
    const file = await duckParquet(`SELECT * FROM (VALUES ('', 'x'), (NULL, 'y')) t(a, b)`);
    expect(await checkFile(schema, file)).toMatchObject({ accepted: 'a,b\n,x\n', report: ['3,1,a,required,'] });
  });
});

test('half-precision numbers are what they are', async () => {
  const halves: [number, string][] = [
    [0x3c00, '1'],
    [0xc000, '-2'],
    [0x0001, '0.000000059604645'],
    [0x7bff, '65504'],
    [0x7c00, 'INF'],
    [0xfc00, '-INF'],
    [0x7e00, 'NaN'],
    [0x8000, '0'],
    [0x3555, '0.33325195'],
  ];
  const body = Buffer.concat(halves.map(([bits]) => Buffer.of(bits & 0xff, bits >> 8)));
  const file = parquetFile([
    { type: 'FIXED_LEN_BYTE_ARRAY', length: 2, logical: { 15: {} }, pages: [{ rows: halves.length, body }] },
  ]);
  expect((await checkFile(columns('a'), file)).accepted).toBe(`a\n${halves.map(([, text]) => text).join('\n')}\n`);
});

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
  ])('%s', async (_, column, values, width, expected) => {
    const body = deltas(values, width);
    const file = parquetFile([{ ...column, pages: [{ rows: values.length, body, encoding: 'DELTA_BINARY_PACKED' }] }]);
    expect((await checkFile(columns('a'), file)).accepted).toBe(`a\n${expected.join('\n')}\n`);
  });

  test.each<[string, Buffer]>([
    ['of more values than the page has', deltas([1n, 2n, 3n], 8)],
    ['of fewer', deltas([1n], 8)],
    ['in blocks of nothing', Buffer.from([0, 1, 2, 2, 2, 0])],
    ['in no blocks', Buffer.from([128, 1, 0, 2, 2, 2, 0])],
    ['wider than any number', Buffer.concat([Buffer.from([128, 1, 1, 2, 2, 2, 65]), Buffer.alloc(2000)])],
    ['that end early', deltas([1n, 300n], 64).subarray(0, 12)],
    ['that never say a number', Buffer.alloc(40, 0xff)],
  ])('%s refuse the file', async (_, body) => {
    const file = parquetFile([{ type: 'INT64', pages: [{ rows: 2, body, encoding: 'DELTA_BINARY_PACKED' }] }]);
    expect(await refusalOf(columns('a'), file)).toMatch(/^unreadable: /);
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
    async (encoding, type) => {
      const body = encoding.startsWith('DELTA')
        ? Buffer.concat([deltas([5n, 5n], 8), Buffer.alloc(64)])
        : Buffer.alloc(64, 1);
      const file = parquetFile([{ type, pages: [{ rows: 2, body, encoding }] }]);
      expect(await refusalOf(columns('a'), file)).toMatch(/^unreadable: /);
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
  ])('%s is read', async (_, page) => {
    const file = parquetFile([{ type: 'BYTE_ARRAY', pages: [page] }]);
    expect(await checkFile(columns('a'), file)).toMatchObject({ accepted: 'a\nx\nyy\n' });
  });

  test('of truth values in runs, with repetition levels, is read', async () => {
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
    expect(await checkFile(columns('a'), file)).toMatchObject({ accepted: 'a\ntrue\ntrue\ntrue\n\n' });
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
  ])('%s refuses the file', async (_, page, column) => {
    const file = parquetFile([{ type: 'BYTE_ARRAY', ...column, pages: [page] }]);
    expect(await refusalOf(columns('a'), file)).toMatch(/^unreadable: /);
  });
});

test('a dictionary with a wrong checksum refuses the file', async () => {
  const fileOf = (crc: 'right' | 'wrong'): Buffer => {
    const dictionary: PageParts = { rows: 2, body: plain('BYTE_ARRAY', ['x', 'yy']), dictionary: true, crc };
    const page: PageParts = { rows: 3, body: Buffer.of(1, 6, 1), encoding: 'RLE_DICTIONARY' };
    return parquetFile([{ type: 'BYTE_ARRAY', pages: [dictionary, page] }]);
  };
  expect((await checkFile(columns('a'), fileOf('right'))).accepted).toBe('a\nyy\nyy\nyy\n');
  expect(await refusalOf(columns('a'), fileOf('wrong'))).toMatch(/^unreadable: /);
});

describe('an encrypted file is called so', () => {
  const good = parquetFile([{ type: 'BYTE_ARRAY', pages: [{ rows: 1, body: plain('BYTE_ARRAY', ['x']) }] }]);
  const withFooter = Buffer.concat([
    Buffer.from('PARE'),
    Buffer.of(52, 0, 0, 0),
    Buffer.alloc(60, 7),
    Buffer.of(40, 0, 0, 0),
    Buffer.from('PARE'),
  ]);

  test.each<[string, Buffer, 'auto' | 'parquet']>([
    ['with its footer, found out', withFooter, 'auto'],
    ['with its footer, announced', withFooter, 'parquet'],
    ['at its end alone', Buffer.concat([good.subarray(0, -4), Buffer.from('PARE')]), 'auto'],
    [
      'in a column',
      parquetFile([{ type: 'BYTE_ARRAY', encrypted: true, pages: [{ rows: 1, body: plain('BYTE_ARRAY', ['x']) }] }]),
      'auto',
    ],
  ])('%s', async (_, file, format) => {
    expect(await refusalOf(columns('a'), file, { format })).toBe(
      'unreadable: the Parquet file is encrypted; send it unencrypted',
    );
  });

  test('and a text that begins so is a text', async () => {
    expect(await checkFile(columns('PARENT'), 'PARENT\nx\n')).toMatchObject({ accepted: 'PARENT\nx\n' });
  });
});
