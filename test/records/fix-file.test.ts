import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lenientCells } from '../../functions/records/csv/lenient-cells.ts';
import { errorsColumn } from '../../functions/records/index.ts';
import { searched } from '../support/long.ts';
import { aSchema, check, columns } from './support.ts';

const schema = aSchema({
  fields: [
    { name: 'id', type: 'string', sensitivity: 'personal', constraints: { unique: true, maxLength: 3 } },
    { name: 'on', type: 'date' },
  ],
});
const two = columns('a', 'b');

/** The fix-file's lines, without its byte order mark. */
const fixFileOf = async (...args: Parameters<typeof check>): Promise<string> => {
  const { fixFile } = await check(...args);
  expect(fixFile.startsWith('\uFEFF')).toBe(true);
  return fixFile.slice(1);
};

test('the fix-file holds the rejected records as they came, unmasked, and what is wrong with them', async () => {
  const { result, fixFile, report } = await check(
    schema,
    'id,on\n1,2026-01-01\n"1234",31/12/2026\n"2",2026-01-02\r\n1,"2026-01-03"\n',
  );
  expect(fixFile).toBe(
    '\uFEFFid,on,errors\n' +
      '"1234",31/12/2026,"id: maxLength, at most 3 characters; on: type, a date as 2026-12-31 (looks like DD/MM/YYYY)"\n' +
      '1,"2026-01-03","id: unique, a value that no other record has"\n',
  );
  expect(result).toMatchObject({ fixable: 2, rows: { read: 4, rejected: 2 } });
  expect(report[0]).toBe('3,1,id,maxLength,***');
});

test.each<[title: string, input: string, record: string]>([
  ['too few cells', '1\n', '1,,'],
  ['surplus cells, kept with their commas in the last one', '1,2,3\n', '1,"2,3",'],
  ['empty surplus cells, dropped', '1,2,,\n', '1,2,'],
  ['an unclosed quote', '1,"2\n3,4\n', '1,"""2",'],
  ['a quote within a cell', '1"2,3\n', '"1""2",3,'],
  ['text behind a quote', '"1"2,3\n', '"""1""2",3,'],
  ['a comma behind a quote that closes too early', '"1 "x" 2, 3",4\n', '"1 ""x"" 2, 3",4,'],
  ['a blank before a quote', '1, "2,3"\n', '1,"2,3",'],
  ['a carriage return', '1\r2,3\r\n', '"1\r2",3,'],
  ['NUL', '1\0,2\n', '1,2,'],
  ['a text over two lines with a stray quote', '1,"x\ny"z\n', '1,"""x\ny""z",'],
])('a broken record is split as a person would: %s', async (_, input, record) => {
  const fixFile = await fixFileOf(two, `a,b\n${input}5,6\n`);
  expect(fixFile.split('record: ')[0]?.replace(/"$/, '')).toBe(`a,b,errors\n${record}`);
});

test('bytes of GB18030 in a file of UTF-8 are read as such; others show that they are damaged', async () => {
  const gb18030 = Buffer.concat([
    Buffer.from('a,b\n'),
    Buffer.from([0xd6, 0xd0, 0xce, 0xc4]),
    Buffer.from(',1\n中文的名字'),
    Buffer.from([0xff]),
    Buffer.from(',2\n'),
  ]);
  expect((await fixFileOf(two, gb18030)).split('\n').map((line) => line.split(',').slice(0, 2))).toEqual([
    ['a', 'b'],
    ['中文', '1'],
    ['中文的名字\uFFFD', '2'],
    [''],
  ]);
});

test('blank lines and records that are too long are not in it', async () => {
  const { result, fixFile } = await check(two, `a,b\n\n1,${'x'.repeat(1024 * 1024)}\n1,2\n`);
  expect(fixFile).toBe('\uFEFFa,b,errors\n');
  expect(result).toMatchObject({ fixable: 0, rows: { rejected: 2 } });
});

test('holds the first 100,000 records', async () => {
  const { result, fixFile } = await check(
    aSchema({ fields: [{ name: 'a', type: 'date' }] }),
    `a\n${'x\n'.repeat(100_010)}`,
  );
  expect([result.verdict === 'checked' && result.fixable, fixFile.split('\n').length]).toEqual([100_000, 100_002]);
});

test.each([
  [['a'], 'errors'],
  [['errors'], '_errors'],
  [['errors', '_errors'], '__errors'],
])('beside the fields %j the column is called %s', async (names, name) => {
  const table = columns(...names);
  expect(errorsColumn(table)).toBe(name);
  expect(await fixFileOf(table, `${names.join(',')}\n"x"y${',z'.repeat(names.length - 1)}\n`)).toContain(
    `${names.join(',')},${name}\n`,
  );
});

test('the file is as it came, whatever the pieces and the way through a record', async () => {
  const content = 'id,on\n1,2026-01-01\n1,"x\n2,2026-01-02\n"3",x\n4,5,6\n"7"8,9\n';
  const whole = await check(schema, content);
  for (const fast of [true, false]) expect(await check(schema, content, { fast })).toEqual(whole);
});

test('a fix-file is a valid file of its columns: it can be sent again as it is', async () => {
  const cell = fc.oneof(
    fc.constantFrom('"', '""', 'a"b', '"a"b', ' "c"', 'x', '', '\r', '中', '\0', ';'),
    fc.string({ maxLength: 4 }),
  );
  const text = fc
    .array(
      fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(',')),
      { minLength: 1, maxLength: 8 },
    )
    .map((lines) => `id,on\n${lines.join('\n')}\n`);
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      const first = await check(schema, content);
      if (first.result.verdict !== 'checked' || first.result.fixable === 0) return;
      const second = await check(columns('id', 'on'), first.fixFile, { fixes: true });
      const rules =
        second.result.verdict === 'checked'
          ? second.result.violations.map(({ rule }) => rule)
          : second.result.refusal.code;
      expect(rules).toEqual([]);
      expect(second.result).toMatchObject({ rows: { read: first.result.fixable } });
    }),
    { numRuns: searched(50, 400) },
  );
});

test('the work of splitting a broken record is linear', () => {
  const quotes = '"'.repeat(200_001);
  expect(lenientCells(`${quotes},x`).length).toBe(2);
  expect(lenientCells('"a,'.repeat(50_000)).length).toBe(50_001);
});
