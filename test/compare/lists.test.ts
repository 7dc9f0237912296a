import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { ComparedTerms } from '../../functions/compare/ports.ts';
import { writeExtracts } from '../../functions/records/index.ts';
import { TableSchema } from '../../schemas/contracts/definition.ts';
import type { DeliveryFormat } from '../../schemas/contracts/terms.ts';
import { Collected, inChunks } from '../records/support.ts';
import { aRun } from './a-run.ts';

const schema = TableSchema.parse({
  fields: [
    { name: 'id', type: 'string' },
    { name: 'name', type: 'string' },
    { name: 'born', type: 'date' },
    { name: 'amount', type: 'number' },
  ],
  primaryKey: ['id'],
});
const resource = [
  ['1', '张伟', '1990-01-02', '10.50'],
  ['2', '李娜', '1985-12-31', ''],
  ['3', '王"芳"', '', '7'],
];
const terms: Partial<ComparedTerms> = { key: ['id'], compare: ['name', 'born'], fields: ['amount'] };
const asked = { kind: 'verify' as const, schema, resource, terms };
const rowsOf = (csv: Buffer): string[][] => parse(csv);

/** The same rows in a format of deliveries. */
async function listAs(format: DeliveryFormat, csv: string): Promise<Buffer> {
  const columns = (csv.split('\n')[0] ?? '').split(',');
  const sink = new Collected();
  const fields = columns.map((name) => schema.fields.find((field) => field.name === name) ?? { name, type: 'string' });
  const [made] = await writeExtracts(
    inChunks(Buffer.from(csv), 1000),
    { schema: TableSchema.parse({ fields }), columns },
    [{ spec: { fields: columns, filter: [], mask: {}, format }, sink }],
  );
  if (made?.ok !== true) throw made?.error;
  return sink.bytes;
}

const LIST = 'case,id,born,name\nA1,1,1990-01-02,张伟\nA2,2,1985-12-30,李娜\nA3,9,,x\nA4,3,,"王""芳"""\n';
const JUDGED = [
  ['A1', '1', '1990-01-02', '张伟', 'match', '', '10.50'],
  ['A2', '2', '1985-12-30', '李娜', 'mismatch', 'born', ''],
  ['A3', '9', '', 'x', 'absent', '', ''],
  ['A4', '3', '', '王"芳"', 'match', '', '7'],
];

describe('formats', () => {
  test.each(['csv', 'ndjson', 'parquet', 'xlsx'] as const)(
    'a list in %s is compared by values, and keeps its columns',
    async (format) => {
      const { result } = await aRun({ ...asked, format, list: await listAs(format, LIST) });
      expect(rowsOf(result)).toEqual([['case', 'id', 'born', 'name', '_result', '_differs', 'amount'], ...JUDGED]);
    },
  );

  test('a list in GB 18030 is compared as text', async () => {
    const gb = Buffer.concat([
      Buffer.from('id,name,born\n1,'),
      Buffer.from([0xd5, 0xc5, 0xce, 0xb0]),
      Buffer.from(',1990-01-02\n'),
    ]);
    const { result } = await aRun({ ...asked, encoding: 'gb18030', list: gb });
    expect(rowsOf(result)[1]).toEqual(['1', '张伟', '1990-01-02', 'match', '', '10.50']);
  });

  test('a result in NDJSON has granted values by their type', async () => {
    const { outcome, result } = await aRun({ ...asked, list: LIST, resultFormat: 'ndjson' });
    expect(result.toString().split('\n')[0]).toBe(
      '{"case":"A1","id":"1","born":"1990-01-02","name":"张伟","_result":"match","_differs":null,"amount":10.50}',
    );
    expect(outcome).toMatchObject({ result: { rows: 4, bytes: result.length } });
  });

  test.each(['parquet', 'xlsx'] as const)('a result in %s has the rows that it has as CSV', async (format) => {
    const { result } = await aRun({ ...asked, list: LIST, resultFormat: format });
    const again = await aRun({ ...asked, format, list: result, kind: 'intersect' });
    expect(rowsOf(again.result)).toEqual([
      ['case', 'id', 'born', 'name', '_result', '_differs', 'amount', '_amount'],
      ...[JUDGED[0], JUDGED[3]].map((row = []) => [...row.slice(0, 6), expect.any(String), row[6]]),
    ]);
  });
});

describe('refused before anything runs', () => {
  const refusals: [what: string, list: string | Buffer, refusal: object, more?: object][] = [
    ['no column for the key', 'code,name,born\n1,x,\n', { code: 'header', field: 'id', column: 'id' }],
    ['no column for a compared field', 'id,name\n1,x\n', { code: 'header', field: 'born', column: 'born' }],
    [
      'a mapping to a column that is not there',
      'id,name,born\n1,x,\n',
      { code: 'header', field: 'name', column: '姓名' },
      { columns: { name: '姓名' } },
    ],
    [
      'a mapping of a field that is not compared',
      'id,name,born\n1,x,\n',
      { code: 'header', field: 'amount' },
      { columns: { amount: 'id' } },
    ],
    ['a column twice', 'id,name,born,name\n1,x,,y\n', { code: 'header', column: 'name' }],
    ['nothing', '', { code: 'empty' }],
    ['a header alone', 'id,name,born\n', { code: 'empty' }],
    [
      'another encoding',
      Buffer.from([0x69, 0x64, 0x2c, 0xd5, 0xc5, 0x0a, 0x31, 0x2c, 0x32, 0x0a]),
      { code: 'encoding' },
    ],
    ['a workbook called CSV', Buffer.from('PK\u0003\u0004xxxxxxxxxxxxxxxxxxxxxxxx'), { code: 'unknown-format' }],
    ['no workbook', 'id,name,born\n1,x,\n', { code: 'unknown-format' }, { format: 'xlsx' }],
    ['more records than are allowed', `id,name,born\n${'1,x,\n'.repeat(1001)}`, { code: 'list-too-long' }],
    [
      'more lines than are allowed, of which none is a record',
      `id,name,born\n${'1\n'.repeat(1001)}`,
      { code: 'list-too-long' },
    ],
  ];
  test.each(refusals)('%s', async (_, list, refusal, more = {}) => {
    const { outcome } = await aRun({ ...asked, list, ...more });
    expect(outcome).toMatchObject({ verdict: 'refused', refusal });
  });

  test('a first line that is a record of a person is not told again', async () => {
    const { outcome } = await aRun({ ...asked, list: '11010519491231002X,张伟,张伟\n2,李娜,\n' });
    expect(JSON.stringify(outcome)).not.toMatch(/张伟|11010519491231002X/);
  });
});

describe('hostile lists', () => {
  test('what is no record is in no result, and is told by rule and line', async () => {
    const list = Buffer.concat([
      Buffer.from('id,name,born\n1,张伟,1990-01-02\n2,"李'),
      Buffer.from('\n4,李娜,\n3,x\n1,2,3,4\n'),
      Buffer.from([0x31, 0x2c, 0xff, 0x2c, 0x0a]),
      Buffer.from('1,a\0b,\n'),
      Buffer.from(`1,${'x'.repeat(1024 * 1024)},\n`),
      Buffer.from('\n3,x,\n'),
    ]);
    const { outcome, result } = await aRun({ ...asked, list });
    expect(rowsOf(result).slice(1)).toEqual([
      ['1', '张伟', '1990-01-02', 'match', '', '10.50'],
      ['4', '李娜', '', 'absent', '', ''],
      ['3', 'x', '', 'mismatch', 'name', ''],
    ]);
    expect(outcome).toMatchObject({ rows: { read: 10, rejected: 7 } });
    expect(outcome.verdict === 'compared' && outcome.rejections.map(({ rule }) => rule).toSorted()).toEqual([
      'columns',
      'encoding',
      'quote',
      'size',
    ]);
  });

  test('cells of a mebibyte, line breaks, quotes and formulas are values like any other', async () => {
    const long = '長'.repeat(300_000);
    const cells = [`=cmd|' /C calc'!A0`, 'a\r\nb', '"', '""', ',', '\\', "'); DROP VIEW list; --", '$1', '?', long];
    const { result } = await aRun({
      ...asked,
      resource: cells.map((cell, i) => [cell, String(i), '', '1']),
      terms: { ...terms, compare: [] },
      list: `id,name\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}",x\n`).join('')}`,
    });
    expect(rowsOf(result).slice(1)).toEqual(cells.map((cell) => [cell, 'x', 'match', '', '1']));
  });

  test('names of columns are never read as anything but names', async () => {
    const odd = ['_result', '__proto__', 'constructor', '"; DROP VIEW list; --', '', 'k0', 'n'];
    const { result } = await aRun({
      ...asked,
      list: `${['id', 'name', 'born', ...odd].map((name) => `"${name.replaceAll('"', '""')}"`).join(',')}\n1,张伟,1990-01-02,1,2,3,4,5,6,7\n`,
    });
    expect(rowsOf(result)).toEqual([
      ['id', 'name', 'born', ...odd, '__result', '_differs', 'amount'],
      ['1', '张伟', '1990-01-02', '1', '2', '3', '4', '5', '6', '7', 'match', '', '10.50'],
    ]);
  });

  test('a list of one column and a list with a mark of UTF-8 are lists', async () => {
    const { result } = await aRun({ ...asked, terms: { ...terms, compare: [] }, list: '\u{feff}id\n1\n\n3\n' });
    expect(result.toString()).toBe('id,_result,_differs,amount\n1,match,,10.50\n,invalid,,\n3,match,,7\n');
  });
});

describe('what is told', () => {
  test('a result with fewer matches than agreed is withheld, and so is how many there were', async () => {
    const { outcome } = await aRun({ ...asked, list: LIST, terms: { ...terms, minResult: 3 } });
    expect(outcome).toEqual({ verdict: 'withheld', rows: { read: 4, rejected: 0 }, rejections: [] });
    expect((await aRun({ ...asked, list: LIST, terms: { ...terms, minResult: 2 } })).outcome).toMatchObject({
      hits: 2,
    });
  });

  test('a record outside the filter is as one that is not there', async () => {
    const filter = [{ field: 'amount', op: 'min' as const, value: 8 }];
    const { result } = await aRun({ ...asked, list: LIST, terms: { ...terms, filter } });
    const gone = await aRun({ ...asked, list: LIST, resource: resource.slice(0, 1) });
    expect(result.equals(gone.result)).toBe(true);
  });

  test.each(['reading', 'comparing', 'writing'] as const)(
    'a run that is stopped while %s ends with the reason, and another in its folder makes the same bytes',
    async (diedAt) => {
      const whole = await aRun({ ...asked, list: LIST, resultFormat: 'ndjson' });
      expect(await aRun({ ...asked, list: LIST, resultFormat: 'ndjson', diedAt })).toEqual(whole);
    },
  );
});
