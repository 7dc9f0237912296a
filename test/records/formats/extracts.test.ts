import { describe, expect, test } from '@jest/globals';
import { partOf as sheetXml, readSheet } from './read-sheet.ts';
import { writeExtracts } from '../../../functions/records/index.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { aSchema, Collected, columns, inChunks } from '../support.ts';
import { duckRows } from './duckdb.ts';

const schema = aSchema({
  fields: [
    { name: 'n', type: 'integer' },
    { name: 'x', type: 'number', decimalChar: ',' },
    { name: 's', type: 'string' },
    { name: 'd', type: 'date', format: '%d.%m.%Y' },
    { name: 't', type: 'datetime' },
    { name: 'h', type: 'time' },
    { name: 'b', type: 'boolean', trueValues: ['是'], falseValues: ['否'] },
  ],
  missingValues: ['', '-'],
});
const names = schema.fields.map(({ name }) => name);
const dataset = [
  'n,x,s,d,t,h,b',
  '007,"1,50",=1+1,01.12.2026,2026-12-01T08:00:00.123+08:00,08:00:00,是',
  '-,,-,,-,,',
  '9223372036854775807,INF,"a<b> & ""c"" _x0041_",28.02.1900,1899-12-31T23:59:59Z,23:59:59,否',
].join('\n');

async function extract(content: string, spec: Partial<ExtractSpec>, of: TableSchema = schema) {
  const sink = new Collected();
  const columns = of.fields.map(({ name }) => name);
  const [result] = await writeExtracts(inChunks(Buffer.from(`${content}\n`)), { schema: of, columns }, [
    { spec: { fields: columns, filter: [], mask: {}, format: 'parquet', ...spec }, sink },
  ]);
  return { result, bytes: sink.bytes };
}

describe('Parquet', () => {
  test('has the types of the schema, and another program reads it', async () => {
    const { bytes } = await extract(dataset, {});
    expect(await duckRows(bytes)).toEqual([
      { n: '7', x: 1.5, s: '=1+1', d: '2026-12-01', t: '2026-12-01 00:00:00.123+00', h: '08:00:00', b: true },
      { n: null, x: null, s: null, d: null, t: null, h: null, b: null },
      {
        n: '9223372036854775807',
        x: 'Infinity',
        s: 'a<b> & "c" _x0041_',
        d: '1900-02-28',
        t: '1899-12-31 23:59:59+00',
        h: '23:59:59',
        b: false,
      },
    ]);
    const types = await duckRows(bytes, 'SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM FILE)');
    expect(types.map(({ column_type }) => column_type)).toEqual([
      'BIGINT',
      'DOUBLE',
      'VARCHAR',
      'DATE',
      'TIMESTAMP WITH TIME ZONE',
      'VARCHAR',
      'BOOLEAN',
    ]);
  });

  test('has what is masked as text, in the order of the terms, without what the filter leaves out', async () => {
    const { bytes, result } = await extract(dataset, {
      fields: ['s', 'n'],
      mask: { n: 'last4' },
      filter: [{ field: 'b', op: 'eq', value: true }],
    });
    expect([result, await duckRows(bytes)]).toMatchObject([{ ok: true, rows: 1 }, [{ s: '=1+1', n: '********' }]]);
  });

  test('of many records is written in groups of rows', async () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `${i},text ${i}`);
    const { bytes } = await extract(['a,b', ...lines].join('\n'), {}, columns('a', 'b'));
    const [found] = await duckRows(
      bytes,
      "SELECT count(*)::INT AS rows, count(DISTINCT b)::INT AS different, bool_and(b = 'text ' || a) AS same FROM FILE",
    );
    expect(found).toEqual({ rows: 100_000, different: 100_000, same: true });
    const [groups] = await duckRows(bytes, 'SELECT count(DISTINCT row_group_id)::INT AS n FROM parquet_metadata(FILE)');
    expect(groups).toEqual({ n: 2 });
  });

  test('of no records has its columns all the same', async () => {
    const { bytes } = await extract('n,x,s,d,t,h,b', {});
    expect(await duckRows(bytes, 'SELECT count(*)::INT AS rows, count(n)::INT AS n FROM FILE')).toEqual([
      { rows: 0, n: 0 },
    ]);
  });

  test('fails where an integer does not fit in 64 bits, unless the bounds of the field say so', async () => {
    const wide = (constraints: object): TableSchema =>
      aSchema({ fields: [{ name: 'n', type: 'integer', constraints }] });
    const content = 'n\n1\n9223372036854775808';
    expect((await extract(content, {}, wide({}))).result).toMatchObject({
      ok: false,
      error: { message: 'a value of the field "n" does not fit in its Parquet column; agree on csv or ndjson' },
    });
    const { bytes } = await extract(content, {}, wide({ maximum: '99999999999999999999' }));
    expect(await duckRows(bytes)).toEqual([{ n: '1' }, { n: '9223372036854775808' }]);
  });

  test.each(['1E400', '-1E400', '1E-400'])(
    'fails where only infinity or zero is near to a number: %s',
    async (cell) => {
      const { result } = await extract(`x\n${cell}`, {}, aSchema({ fields: [{ name: 'x', type: 'number' }] }));
      expect(result).toMatchObject({
        ok: false,
        error: { message: 'a value of the field "x" does not fit in its Parquet column; agree on csv or ndjson' },
      });
    },
  );

  test('has numbers with text around as the numbers that they are', async () => {
    const around = aSchema({ fields: [{ name: 'x', type: 'number', bareNumber: false }] });
    const { bytes } = await extract('x\n-€95\n- 7\n95.5%', {}, around);
    expect(await duckRows(bytes)).toEqual([{ x: -95 }, { x: -7 }, { x: 95.5 }]);
    const { bytes: sheet } = await extract('x\n-€95\n- 7\n95.5%', { format: 'xlsx' }, around);
    expect(await readSheet(sheet)).toEqual([['x'], [-95], [-7], [95.5]]);
  });
});

describe('XLSX', () => {
  test('has numbers, dates and truth values where a spreadsheet keeps them whole, and text where it does not', async () => {
    const { bytes } = await extract(dataset, { format: 'xlsx' });
    expect(await readSheet(bytes)).toEqual([
      names,
      [7, 1.5, '=1+1', new Date('2026-12-01'), new Date('2026-12-01T00:00:00.123Z'), expect.anything(), true],
      names.map(() => null),
      [
        '9223372036854775807',
        'INF',
        'a<b> & "c" _x0041_',
        '28.02.1900',
        '1899-12-31T23:59:59Z',
        expect.anything(),
        false,
      ],
    ]);
  });

  test.each(['=1+1', '+1', '-1', '@a', '\ta', '|a', '%a'])('marks %j as text', async (text) => {
    const { bytes } = await extract(`a\n"${text}"`, { format: 'xlsx' }, columns('a'));
    const [sheet, styles] = await Promise.all([
      sheetXml(bytes, 'xl/worksheets/sheet1.xml'),
      sheetXml(bytes, 'xl/styles.xml'),
    ]);
    expect(sheet).toContain('<c r="A2" s="1" t="inlineStr">');
    expect(sheet).not.toContain('<f');
    expect(/<cellXfs[^>]*><xf\/><xf[^>]*>/.exec(styles)?.[0]).toContain('quotePrefix="1"');
  });

  test('writes what XML has no character for as the format does', async () => {
    const { bytes } = await extract('a\n"a\u0000\u0001\r\uffffb"', { format: 'xlsx' }, columns('a'));
    expect(await sheetXml(bytes, 'xl/worksheets/sheet1.xml')).toContain('>a_x0000__x0001__x000D__xFFFF_b<');
  });

  test('fails where a text is longer than a cell', async () => {
    const { result } = await extract(`a\n${'x'.repeat(32_768)}`, { format: 'xlsx' }, columns('a'));
    expect(result).toMatchObject({
      ok: false,
      error: { message: 'a value of the field "a" is longer than a cell of a workbook holds; agree on csv or ndjson' },
    });
  });

  test('fails beyond the rows of a sheet, alone', async () => {
    const lines = 'x\n'.repeat(1_048_576);
    const sinks = [new Collected(), new Collected()];
    const spec = { fields: ['a'], filter: [], mask: {} };
    const results = await writeExtracts(
      inChunks(Buffer.from(`a\n${lines}`)),
      { schema: columns('a'), columns: ['a'] },
      [
        { spec: { ...spec, format: 'xlsx' }, sink: sinks[0] ?? new Collected() },
        { spec: { ...spec, format: 'csv' }, sink: sinks[1] ?? new Collected() },
      ],
    );
    expect(results).toMatchObject([
      { ok: false, error: { message: 'the extract is too large for a workbook; agree on csv, ndjson or parquet' } },
      { ok: true, rows: 1_048_576 },
    ]);
  });
});

test.each(['parquet', 'xlsx'] as const)('equal records make equal bytes: %s', async (format) => {
  const first = await extract(dataset, { format });
  expect((await extract(dataset, { format })).result).toEqual(first.result);
});
