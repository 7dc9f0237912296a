import { describe, expect, test } from '@jest/globals';
import { explainNoTable } from '../../../functions/records/index.ts';
import { aSchema } from '../support.ts';
import { lines } from './messy-files.ts';
import { cleaned } from './support.ts';
import { bookOf } from './workbooks.ts';

const schema = aSchema({
  fields: [
    { name: 'code', title: '代码', type: 'string', constraints: { required: true, pattern: '\\d{6}' } },
    { name: 'name', title: '名称', type: 'string', constraints: { required: true } },
    { name: 'amount', title: '金额', type: 'number' },
    { name: 'day', title: '日期', type: 'date' },
  ],
  primaryKey: ['code'],
});
const HEAD = ['代码', '名称', '金额', '日期'];
const row = (i: number, more: readonly string[] = ['1', '2026-01-02']): string[] => [
  String(110_000 + i),
  `甲${i}`,
  ...more,
];
const three = [row(1), row(2), row(3)];
const compound = (stream: string): Buffer =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(5000),
    Buffer.from(stream, 'utf16le'),
    Buffer.alloc(600),
  ]);

test.each<[string, Uint8Array | string, string, RegExp]>([
  ['a workbook with a password', compound('EncryptedPackage'), 'password', /password.*take the password off/s],
  ['a workbook of Excel 97', compound('Workbook'), 'old-workbook', /\.xls.*save it as \.xlsx/s],
  [
    'a page under the name of a workbook',
    '<html><table><tr><td>代码</td></tr></table></html>',
    'web-page',
    /HTML.*save it as \.xlsx/s,
  ],
  ['an XML spreadsheet', '<?xml version="1.0"?><Workbook/>', 'xml-table', /XML.*save it as \.xlsx/s],
  ['nothing', '', 'empty', /nothing is in the file/],
  ['blank lines', '\n\n\n', 'empty', /nothing is in the file/],
  ['a header alone', '代码,名称\n', 'no-records', /no record below the header/],
  ['NDJSON', '{"code":"110101"}\n', 'other-format', /ndjson/],
  ['an archive that is no workbook', Buffer.from('PK\x03\x04rest'), 'damaged', /cannot be read/],
  [
    'a file without a column that every record needs',
    lines(',', ['代码', '金额'], [['110101', '1']]),
    'no-field',
    /no column is name/,
  ],
])('%s is named, with what to do', async (_, content, refused, says) => {
  const outcome = await cleaned(content, schema);
  expect(outcome).toMatchObject({ refused });
  if (!('refused' in outcome)) throw new Error('it was not refused');
  const words = explainNoTable(outcome);
  expect(`${words.says.en}: ${words.todo.en}`).toMatch(says);
  expect(words.says.zh).toMatch(/\p{Script=Han}/u);
});

async function done(content: Uint8Array | string, answers: Readonly<Record<string, string>> = {}) {
  const outcome = await cleaned(content, schema, answers);
  if (!('text' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome;
}

test('cells merged all over are refused; a workbook with some is not', async () => {
  const merged = Array.from({ length: 10_000 }, (_, i) => `D${2 * i + 2}:D${2 * i + 3}`);
  expect(await cleaned(bookOf([{ rows: [HEAD, ...three], merged }]), schema)).toMatchObject({
    refused: 'too-many-merged',
  });
  const { text } = await done(
    bookOf([{ rows: [HEAD, row(1), row(2, ['', '']), row(3, ['', ''])], merged: ['C2:C4'] }]),
  );
  expect(text).toBe('code,name,amount,day\n110001,甲1,1,2026-01-02\n110002,甲2,1,\n110003,甲3,1,\n');
});

test('formulas count by their results; without one they are named', async () => {
  const { text, says } = await done(
    bookOf([
      { rows: [HEAD, ['110001', '甲', { formula: '1+1', result: 2 }, ''], ['110002', '乙', { formula: 'C2' }, '']] },
    ]),
  );
  expect(text).toBe('code,name,amount,day\n110001,甲,2,\n110002,乙,,\n');
  expect(says.join()).toMatch(/formulas without a result: C3; open the workbook/);
});

test('a header of more columns than a table has is refused', async () => {
  const names = Array.from({ length: 2500 }, (_, i) => `列${i}`);
  expect(await cleaned(bookOf([{ rows: [[...HEAD, ...names], row(1)] }]), schema)).toMatchObject({
    refused: 'too-many-columns',
  });
});

test('two sheets that look alike are asked about, and either can be named', async () => {
  const book = bookOf([
    { name: '一月', rows: [HEAD, row(1)] },
    { name: '二月', rows: [HEAD, row(2)] },
    { name: '草稿', hidden: true, rows: [HEAD, row(3)] },
  ]);
  expect(await cleaned(book, schema)).toEqual({
    questions: [expect.objectContaining({ name: 'sheet', options: ['一月', '二月'] })],
  });
  expect((await done(book, { sheet: '二月' })).text).toContain('110002');
  expect(await cleaned(book, schema, { sheet: '三月' })).toMatchObject({
    refused: 'no-such-sheet',
    detail: '一月, 二月',
  });
});

describe('totals', () => {
  test('in the middle are left out where they could be no record', async () => {
    const { text, says } = await done(
      lines(',', HEAD, [row(1), ['小计', '', '2', ''], row(2), ['合  计', '', '4', '']]),
    );
    expect(text).toBe('code,name,amount,day\n110001,甲1,1,2026-01-02\n110002,甲2,1,2026-01-02\n');
    expect(says).toEqual(['left out: 2 rows of totals (row 3, 5)']);
  });

  const loose = aSchema({
    fields: [
      { name: 'name', type: 'string' },
      { name: 'n', type: 'integer' },
    ],
  });
  const content = 'name,n\na,1\n合计,1\n';
  test('that would be accepted are asked about, and stay or go as answered', async () => {
    expect(await cleaned(content, loose)).toEqual({
      questions: [expect.objectContaining({ name: 'totals', places: ['3'] })],
    });
    expect(await cleaned(content, loose, { totals: 'keep' })).toMatchObject({ isUnchanged: true, text: content });
    expect(await cleaned(content, loose, { totals: 'leave-out' })).toMatchObject({ text: 'name,n\na,1\n' });
  });
});

describe('what is not certain', () => {
  test('zeros are written only where one number of them is right', async () => {
    const { text, applied } = await done(
      lines(',', HEAD, [
        ['10101', '甲', '', ''],
        ['11', '乙', '', ''],
      ]),
    );
    expect(text).toBe('code,name,amount,day\n010101,甲,,\n11,乙,,\n');
    expect(applied.wrong).toMatchObject([
      { field: 'code', by: { kind: 'leading-zeros-lost' }, places: { first: ['A3'] } },
    ]);
  });

  test('dates that contradict each other are asked about', async () => {
    const days = ['25/12/2026', '12/25/2026', '01/02/2026'];
    const content = lines(
      ',',
      HEAD,
      days.map((day, i) => row(i, ['', day])),
    );
    expect(await cleaned(content, schema)).toEqual({
      questions: [expect.objectContaining({ name: 'dates.day', places: ['D4'] })],
    });
    const { text } = await done(content, { 'dates.day': 'month-first' });
    expect(text).toContain('110002,甲2,,2026-01-02\n');
  });

  test.each([
    ['a share', '12%'],
    ['an error of a spreadsheet', '#N/A'],
    ['ten thousands', '1.5万'],
    ['a year of two digits', '26-01-02'],
  ])('%s stays wrong, and is named', async (_, text) => {
    const content = lines(',', HEAD, [row(1, text.includes('-') ? ['', text] : [text, ''])]);
    const outcome = await cleaned(content, schema);
    expect(outcome).toMatchObject({
      applied: { wrong: [{ places: { count: 1 } }] },
      text: expect.stringContaining(text) as unknown,
    });
  });

  test('a column that no name tells of is asked about while a field is left, and can be left out', async () => {
    const content = lines(',', ['代码', '名称', '备用'], [['110101', '甲', '2026-01-02']]);
    expect(await cleaned(content, schema)).toEqual({
      questions: [
        expect.objectContaining({ name: 'column.C', subject: '备用', options: ['amount', 'day', 'leave-out'] }),
      ],
    });
    expect((await done(content, { 'column.C': 'day' })).text).toBe('code,name,day\n110101,甲,2026-01-02\n');
    expect((await done(content, { 'column.C': 'leave-out' })).text).toBe('code,name\n110101,甲\n');
  });

  test('a heading among the records is asked about; below them it is a remark', async () => {
    const content = lines(',', HEAD, [row(1), ['二、东城区', '', '', ''], row(2), ['完', '', '', '']]);
    expect(await cleaned(content, schema)).toEqual({
      questions: [expect.objectContaining({ name: 'headings', places: ['3'] })],
    });
    expect((await done(content, { headings: 'leave-out' })).says).toEqual([
      'left out: a heading (row 3)',
      'left out: a remark (row 5)',
    ]);
  });
});

test('a record that is broken stays one that the hub rejects, and is not made to fit', async () => {
  const { text, applied } = await done(
    `代码,名称,金额,日期\n110001,甲,1,2026-01-02,surplus\n110002,乙\n110003,丙,1,\n`,
  );
  expect(text).toBe('code,name,amount,day\n110001,甲,1,2026-01-02,surplus\n110002,乙\n110003,丙,1,\n');
  expect(applied.brokenRows).toMatchObject({ count: 2, first: ['2', '3'] });
});

test('values of a person are in no change that is told', async () => {
  const people = aSchema({
    fields: [{ name: 'phone', type: 'string', sensitivity: 'personal', constraints: { pattern: '\\d{11}' } }],
  });
  const outcome = await cleaned('phone\n 13800138000\n', people);
  expect(outcome).toMatchObject({ text: 'phone\n13800138000\n' });
  expect(JSON.stringify('applied' in outcome && [outcome.applied.first, outcome.says])).not.toContain('13800138000');
});
