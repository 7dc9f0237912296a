import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import type { Encoding, ParquetType, SchemaElement } from 'hyparquet';
import { checkRecords, openTable } from '../../../functions/records/index.ts';
import { aSchema, columns, inChunks } from '../support.ts';
import { duckParquet } from './duckdb.ts';
import { checkFile, refusalOf } from './support.ts';

const LF = 0x0a;
const fieldsOf = (...fields: object[]) =>
  aSchema({ fields: fields.map((field, i) => ({ name: 'abcdefghij'[i] ?? '', ...field })) });
const written = (columnData: ColumnSource[], schema?: SchemaElement[]): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData,
      ...(schema && { schema: [{ name: 'root', num_children: schema.length }, ...schema] }),
    }),
  );

describe('a value', () => {
  const text = { type: 'string' };
  const values: [field: object, sql: string, expected: string][] = [
    [{ type: 'integer' }, '9223372036854775807::BIGINT', '9223372036854775807'],
    [{ type: 'integer' }, '(-128)::TINYINT', '-128'],
    [{ type: 'integer' }, '255::UTINYINT', '255'],
    [{ type: 'integer' }, '4294967295::UINTEGER', '4294967295'],
    [{ type: 'integer' }, '18446744073709551615::UBIGINT', '18446744073709551615'],
    [{ type: 'number' }, '1.10::DECIMAL(4,2)', '1.10'],
    [{ type: 'number' }, '(-0.05)::DECIMAL(18,2)', '-0.05'],
    [
      { type: 'number' },
      '12345678901234567890123456789.012345678::DECIMAL(38,9)',
      '12345678901234567890123456789.012345678',
    ],
    [{ type: 'number', decimalChar: ',' }, '1.10::DECIMAL(4,2)', '1,10'],
    [{ type: 'number' }, '0.1::DOUBLE', '0.1'],
    [{ type: 'number' }, '1e21::DOUBLE', '1000000000000000000000'],
    [{ type: 'number' }, '0.1::FLOAT', '0.1'],
    [{ type: 'number' }, '16777216::FLOAT', '16777216'],
    [{ type: 'number' }, "'nan'::DOUBLE", 'NaN'],
    [{ type: 'number' }, "'-inf'::FLOAT", '-INF'],
    [{ type: 'boolean', trueValues: ['是'] }, 'true', '是'],
    [{ type: 'date' }, "DATE '2026-12-01'", '2026-12-01'],
    [{ type: 'date', format: '%d.%m.%Y' }, "DATE '2026-12-01'", '01.12.2026'],
    [{ type: 'date' }, "TIMESTAMP '2026-12-01'", '2026-12-01'],
    [{ type: 'datetime' }, "TIMESTAMP '2026-12-01 08:00:00.120'", '2026-12-01T08:00:00.12'],
    [{ type: 'datetime' }, "TIMESTAMPTZ '2026-12-01 08:00:00+08'", '2026-12-01T00:00:00Z'],
    [{ type: 'datetime' }, "TIMESTAMP '1969-12-31 23:59:59.999999'", '1969-12-31T23:59:59.999999'],
    [{ type: 'datetime' }, "TIMESTAMP_NS '2026-12-01 08:00:00.123456789'", '2026-12-01T08:00:00.123456789'],
    [{ type: 'datetime' }, "TIMESTAMP_MS '2026-12-01 08:00:00.5'", '2026-12-01T08:00:00.5'],
    [{ type: 'time' }, "TIME '08:00:00'", '08:00:00'],
    [text, "TIME '08:00:00.25'", '08:00:00.25'],
    [text, "'a,b\"c'", 'a,b"c'],
    [text, "'北京'", '北京'],
    [text, "'b'::ENUM('a', 'b')", 'b'],
    [text, "'01234567-89ab-cdef-0123-456789abcdef'::UUID", '01234567-89ab-cdef-0123-456789abcdef'],
    [text, "'ab'::BLOB", 'ab'],
    [text, 'NULL::VARCHAR', ''],
    [{ type: 'string', missingValues: ['-'] }, 'NULL::INTEGER', '-'],
    [text, '1', '1'],
  ];
  const name = (i: number): string => `c${i}`;
  let cells: string[];
  let report: string[];
  beforeAll(async () => {
    const schema = aSchema({ fields: values.map(([field], i) => ({ name: name(i), ...field })) });
    const sql = values.map(([, sql], i) => `${sql} AS ${name(i)}`).join(', ');
    const outcome = await checkFile(schema, await duckParquet(`SELECT ${sql}`));
    report = outcome.report;
    cells = outcome.accepted.split('\n')[1] === undefined ? [] : (parse(outcome.accepted)[1] ?? []);
  });

  test.each(values.map(([field, sql, expected], i) => [field, sql, expected, i] as const))(
    'in %j, %s, stands as %s',
    (_, __, expected, i) => {
      expect([report, cells[i]]).toEqual([[], expected]);
    },
  );

  test.each<[string, string]>([
    ['[1, 2]', 'unreadable: the column "a" is nested or repeated; send flat columns'],
    ['{x: 1}', 'unreadable: the column "a" is nested or repeated; send flat columns'],
    ["INTERVAL '1 day'", 'unreadable: the column "a" has the type INTERVAL, which is not taken; send text or numbers'],
  ])('of %s is refused', async (sql, expected) => {
    expect(await refusalOf(columns('a'), await duckParquet(`SELECT ${sql} AS a`))).toBe(expected);
  });

  test('of bytes that are no text rejects its record alone', async () => {
    const file = await duckParquet("SELECT * FROM (VALUES ('\\xFF\\xFE1'::BLOB), ('a'::BLOB)) t(a)");
    expect(await checkFile(columns('a'), file)).toMatchObject({ report: ['2,,,encoding,'], accepted: 'a\na\n' });
  });

  test('of the old timestamps in 96 bits is in no particular zone', async () => {
    // 2026-12-01 is Julian day 2461376; 08:00 is 28,800 seconds of it.
    const bytes = Buffer.alloc(12);
    bytes.writeBigInt64LE(28_800_000_000_000n, 0);
    bytes.writeInt32LE(2_461_376, 8);
    const file = Buffer.from(
      written(
        [{ name: 'a', data: [bytes] }],
        [{ name: 'a', type: 'FIXED_LEN_BYTE_ARRAY', type_length: 12, repetition_type: 'REQUIRED' }],
      ),
    );
    const element = file.lastIndexOf(Buffer.of(0x15, 14, 0x15, 24));
    expect(element).toBeGreaterThan(0);
    file[element + 1] = 6;
    for (let at = file.indexOf(Buffer.of(0x15, 14)); at >= 0; at = file.indexOf(Buffer.of(0x15, 14))) file[at + 1] = 6;
    expect((await checkFile(fieldsOf({ type: 'datetime' }), file)).accepted).toBe('a\n2026-12-01T08:00:00\n');
  });
});

describe('pages', () => {
  const schema = fieldsOf({ type: 'integer' }, { type: 'string' }, { type: 'number' }, { type: 'string' });
  const query = `SELECT i AS a, 'row ' || (i % 97) AS b, i / 4 AS c, CASE WHEN i % 5 = 0 THEN NULL ELSE repeat('x', (i % 50)::INTEGER) END AS d FROM range(9000) t(i)`;
  const expected = `a,b,c,d\n${Array.from({ length: 9000 }, (_, i) => `${i},row ${i % 97},${i / 4},${i % 5 === 0 ? '' : 'x'.repeat(i % 50)}\n`).join('')}`;

  test.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI', 'LZ4_RAW'])('packed by %s', async (codec) => {
    const file = await duckParquet(query, `COMPRESSION ${codec}, ROW_GROUP_SIZE 4096`);
    expect((await checkFile(schema, file)).accepted === expected).toBe(true);
  });

  test('of the second version, in its own encodings', async () => {
    const file = await duckParquet(query, 'PARQUET_VERSION v2, ROW_GROUP_SIZE 4096');
    expect((await checkFile(schema, file)).accepted === expected).toBe(true);
  });

  test('in every encoding, with missing values and without', async () => {
    const encoded: readonly (readonly [Encoding, ParquetType, readonly unknown[]])[] = [
      ['PLAIN', 'INT32', [1, -2, 2 ** 31 - 1]],
      ['DELTA_BINARY_PACKED', 'INT32', [1, -2, 2 ** 31 - 1]],
      ['DELTA_BINARY_PACKED', 'INT64', [1n, -2n, 2n ** 62n]],
      ['BYTE_STREAM_SPLIT', 'DOUBLE', [1.5, -2.25, 1000]],
      ['DELTA_LENGTH_BYTE_ARRAY', 'BYTE_ARRAY', ['a', '', 'ccc']],
      ['DELTA_BYTE_ARRAY', 'BYTE_ARRAY', ['abc', 'abd', '', 'abd', 'abde']],
      ['RLE', 'BOOLEAN', [true, false, true, true]],
      ['RLE_DICTIONARY', 'BYTE_ARRAY', ['a', 'b', 'a', 'a']],
    ];
    const made = encoded.flatMap(([encoding, type, some], i) =>
      [false, true].map((optional) => {
        const name = `c${i}${optional ? 'o' : 'r'}`;
        const data = Array.from({ length: 40 }, (_, row) =>
          optional && row % 3 === 0 ? null : some[row % some.length],
        );
        const element: SchemaElement = {
          name,
          type,
          repetition_type: optional ? 'OPTIONAL' : 'REQUIRED',
          ...(type === 'BYTE_ARRAY' && { converted_type: 'UTF8' as const }),
        };
        return { source: { name, data, encoding }, element };
      }),
    );
    const file = written(
      made.map(({ source }) => source),
      made.map(({ element }) => element),
    );
    const { accepted } = await checkFile(columns(...made.map(({ source }) => source.name)), file);
    expect(parse(accepted).slice(1)).toEqual(
      Array.from({ length: 40 }, (_, row) =>
        made.map(({ source }) => (source.data[row] as number | null)?.toString() ?? ''),
      ),
    );
  });

  test('packed by what is not taken are refused', async () => {
    const compressors = { LZO: () => Uint8Array.of(1, 2, 3) };
    const file = parquetWriteBuffer({ columnData: [{ name: 'a', data: ['x'] }], codec: 'LZO', compressors });
    expect(await refusalOf(columns('a'), new Uint8Array(file))).toMatch(/^unreadable: /);
  });
});

test('columns are named as a header names them, lines count from 2', async () => {
  const file = written([
    { name: 'b', data: ['x', 'y'] },
    { name: 'a', data: [1, 2.5] },
  ]);
  expect(await checkFile(fieldsOf({ type: 'integer' }, { type: 'string' }), file)).toMatchObject({
    accepted: 'b,a\nx,1\n',
    report: ['3,2,a,type,2.5'],
  });
  expect(await refusalOf(columns('b'), file)).toMatch(/^header: .*"?a"?/);
});

test('a file without rows is empty', async () => {
  expect(await refusalOf(columns('a'), await duckParquet(`SELECT 'x' AS a WHERE false`))).toMatch(/^empty: /);
});

test('records that are too long are rejected alone', async () => {
  const { report, result } = await checkFile(
    columns('a'),
    written([{ name: 'a', data: ['x', 'y'.repeat(1_048_577), 'z'] }]),
  );
  expect([report, result]).toMatchObject([['3,,,size,'], { rows: { accepted: 2 } }]);
});

test('three million flights come out as they went in', async () => {
  const path = join(import.meta.dirname, '../../../node_modules/vega-datasets/data/flights-3m.parquet');
  const table = await openTable(createReadStream(path), { format: 'auto', encoding: 'utf-8' });
  if ('code' in table) throw new Error(table.code);
  let lines = 0;
  let first = '';
  for await (const chunk of table.csv) {
    if (first === '') first = Buffer.from(chunk).toString('utf8', 0, 200);
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) lines += 1;
  }
  expect(lines).toBe(3_000_001);
  expect(first).toMatch(/^date,delay,distance,origin,destination\n2001-01-01T00:01:00,33,2176,LAS,PHL\n/);
});

describe('a hostile file', () => {
  const good = written([{ name: 'a', data: Array.from({ length: 100 }, (_, i) => `v${i % 3}`) }]);

  test.each<[string, Uint8Array, RegExp]>([
    ['cut short', good.subarray(0, -9), /^unreadable: /],
    ['of its magic alone', Buffer.from('PAR1\x00\x00\x00\x00PAR1'), /^unreadable: /],
    [
      'whose metadata is longer than itself',
      Buffer.concat([good.subarray(0, -8), Buffer.of(255, 255, 255, 127), Buffer.from('PAR1')]),
      /^unreadable: /,
    ],
    ['that is encrypted', Buffer.concat([good.subarray(0, -4), Buffer.from('PARE')]), /^unreadable: .*encrypted/],
  ])('%s is refused', async (_, file, expected) => {
    expect(await refusalOf(columns('a'), file, { format: 'parquet' })).toMatch(expected);
  });
});

test('a check that is broken off ends the thread', async () => {
  const failing = { write: () => Promise.reject(new Error('no room')) };
  const file = written([{ name: 'a', data: Array.from({ length: 200_000 }, (_, i) => `value ${i}`) }]);
  await expect(
    checkRecords(
      inChunks(file),
      { schema: columns('a'), format: 'parquet', encoding: 'utf-8' },
      { accepted: failing, report: failing },
    ),
  ).rejects.toThrow('no room');
});

test('the thread starts from its source, too, as where a command runs from a checkout', async () => {
  const source = new URL('../../../functions/records/formats/parquet/parquet-worker.ts', import.meta.url);
  const thread = new Worker(source, { workerData: { descriptor: -1, size: 0 }, execArgv: [], env: {} });
  const answers: unknown[] = [];
  thread.on('message', (answer) => answers.push(answer));
  await once(thread, 'exit');
  expect(answers).toEqual([{ ready: true }, { refusal: expect.objectContaining({ code: 'unreadable' }) }]);
});
