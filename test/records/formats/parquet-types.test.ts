import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { aSchema, columns } from '../support.ts';
import { duckParquet, duckRows } from './duckdb.ts';
import { type ColumnParts, parquetFile, plain } from './parquet-file.ts';
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
