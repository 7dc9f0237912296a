import { expect, test } from '@jest/globals';
import { readXlsx } from 'hucre/xlsx';
import { LongCell, writeFixWorkbook, writeForSpreadsheets } from '../../functions/records/index.ts';
import type { Language } from '../../schemas/words/language.ts';
import { checkFile } from './formats/support.ts';
import { aSchema, check, Collected, inChunks } from './support.ts';

const schema = aSchema({
  fields: [
    { name: 'code', title: '代码', type: 'string', constraints: { required: true, pattern: '\\d{6}' } },
    { name: 'day', type: 'date' },
    { name: 'note', type: 'string' },
    { name: 'n', type: 'integer', sensitivity: 'personal' },
  ],
  primaryKey: ['code'],
});
const CONTENT =
  'code,day,note,n\n001234,2026-13-01,=1+2,7\n000001,2026-01-02,"a ""b"", c",x\n000002,,ok,1\n000002,,twice,1\n,01/02/2026,,\n000003,"2026-01-01"x,,2\n';

async function workbook(content: string, language: Language = 'en'): Promise<Buffer> {
  const sink = new Collected();
  const { fixFile } = await check(schema, content);
  await writeFixWorkbook(inChunks(Buffer.from(fixFile), 7), { schema, language }, sink);
  return sink.bytes;
}

test('a fix-file as a workbook has the same cells as texts, and says in the reader’s language what is wrong', async () => {
  const { sheets } = await readXlsx(await workbook(CONTENT, 'zh'), { readStyles: true });
  const [head, ...rows] = sheets[0]?.rows ?? [];
  expect(head).toEqual(['code', 'day', 'note', 'n', 'errors']);
  expect(rows.map((row) => row.slice(0, 4).map((cell) => cell ?? ''))).toEqual([
    ['001234', '2026-13-01', '=1+2', '7'],
    ['000001', '2026-01-02', 'a "b", c', 'x'],
    ['000002', '', 'twice', '1'],
    ['', '01/02/2026', '', ''],
    ['000003', '"2026-01-01"x', '', '2'],
  ]);
  expect(rows.map((row) => row[4])).toEqual([
    expect.stringMatching(/^day：.*应为/),
    expect.stringMatching(/^n：/),
    expect.stringMatching(/^code：/),
    expect.stringMatching(/^code：[^\n]*\nday：.*DD\/MM\/YYYY/),
    expect.stringMatching(/^整条记录：/),
  ]);
});

test('wrong cells are coloured and commented; all others stay plain', async () => {
  const { sheets } = await readXlsx(await workbook(CONTENT), { readStyles: true });
  const cells = sheets[0]?.cells;
  const marked = [...(cells ?? [])].filter(([, cell]) => cell.style?.fill !== undefined).map(([place]) => place);
  expect(marked).toEqual(['1,1', '2,3', '3,0', '4,0', '4,1']);
  const comments = [...(cells ?? [])]
    .filter(([, cell]) => cell.comment !== undefined)
    .map(([place, cell]) => [place, cell.comment?.text]);
  expect(comments.map(([place]) => place)).toEqual(marked);
  expect(comments[0]?.[1]).toMatch(/^day: type, a date/);
});

test('it is sent again as it is: the column of errors is not read, and what was mended joins', async () => {
  const again = await checkFile(schema, await workbook(CONTENT), { format: 'xlsx', fixes: true });
  expect(again.result).toMatchObject({ verdict: 'checked', rows: { read: 5, accepted: 1, rejected: 4 } });
  expect(again.accepted).toBe('code,day,note,n\n000002,,twice,1\n');
  const { accepted } = await check(schema, '', {
    format: 'xlsx',
    fixes: true,
    input: inChunks(await workbook(CONTENT.replace('13-01', '12-01').replace(',x\n', ',9x\n'))),
    base: { columns: ['code', 'day', 'note', 'n'], input: inChunks(Buffer.from('code,day,note,n\n000009,,,\n')) },
  });
  expect(accepted).toBe('code,day,note,n\n000009,,,\n000002,,twice,1\n');
});

test('a value that no cell holds is refused and not cut', async () => {
  await expect(workbook(`code,day,note,n\n1,,${'x'.repeat(40_000)},\n`)).rejects.toThrow(LongCell);
});

test.each([
  ['a formula', '=HYPERLINK(1)', "'=HYPERLINK(1)"],
  ['a command', '@SUM(1)', "'@SUM(1)"],
  ['a number', '-5', '-5'],
  ['a text', 'x', 'x'],
])('in a report for spreadsheets %s is none', async (_, value, shown) => {
  const sink = new Collected();
  await writeForSpreadsheets(inChunks(Buffer.from(`line,value\n2,${value}\n`)), sink);
  expect(sink.text).toBe(`\uFEFFline,value\n2,${shown}\n`);
});
