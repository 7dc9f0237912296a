import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fieldsOf, textOf } from '../../clients/cli/demands/field-text.ts';
import { readThemeSheet } from '../../clients/cli/demands/read-theme-sheet.ts';
import { columnKeys, headings, rowsOf, type ColumnKey } from '../../clients/cli/demands/sheet-layout.ts';
import { cellName } from '../../functions/records/formats/cell-name.ts';
import { readSheet } from '../../clients/cli/workbook/read-sheet.ts';
import { writeSheet } from '../../clients/cli/workbook/write-sheet.ts';
import { aDemand, aDemandBody, aDemandId, aTheme, themeId } from './a-demand.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exchange-hub-sheet-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const head = columnKeys.map((key) => headings[key]);
const written = async (rows: readonly (readonly string[])[], columns: readonly string[] = head) => {
  const file = join(folder, 'theme.xlsx');
  await writeSheet(file, columns, rows);
  return readSheet(file);
};
/** A row in which only these cells are written. */
const row = (cells: Partial<Record<ColumnKey, string>>) => columnKeys.map((key) => cells[key] ?? '');
const theme = {
  themeId: 'emergency',
  name: '应急指挥',
  lead: 'emergency',
  members: 'press；tax',
  themePurpose: '应对',
};
const demand = { title: '避难场所', fields: '名称; addr|地址|string', purpose: '疏散', legalBasis: '突发事件应对法' };

test.each([
  [1, 1, 'A1'],
  [3, 12, 'C12'],
  [26, 2, 'Z2'],
  [27, 2, 'AA2'],
  [703, 9, 'AAA9'],
])('column %d of row %d is the cell %s', (column, at, name) => {
  expect(cellName(column, at)).toBe(name);
});

test('fields are written as they are read', () => {
  const fields = [{ name: 'a' }, { name: 'b', title: '乙' }, { name: 'c', title: '丙', type: 'date' as const }];
  expect(fieldsOf(textOf(fields))).toEqual(fields);
  expect(fieldsOf('名称；地址｜详细地址\n')).toEqual([{ name: '名称' }, { name: '地址', title: '详细地址' }]);
});

test('a sheet comes back as it was written, cell by cell, and empty rows keep their numbers', async () => {
  const rows = [
    ['a "quoted", text', '=1+1'],
    ['', ''],
    ['two\nlines', ' 𠮷 '],
  ];
  expect(await written(rows, ['one', '二'])).toEqual({
    head: ['one', '二'],
    rows: [
      { row: 2, cells: ['a "quoted", text', '=1+1'] },
      { row: 4, cells: ['two\nlines', '𠮷'] },
    ],
  });
});

test('a file that is no workbook is told as such', async () => {
  const file = join(folder, 'text.xlsx');
  await writeFile(file, 'no workbook');
  await expect(readSheet(file)).rejects.toMatchObject({ text: { code: 'unreadable' } });
});

test('an exported theme is read back; demands that the hub has are not stated again', async () => {
  const demands = [aDemand(), aDemand({ demandId: aDemandId(2), title: '避难场所', fields: [], description: '全市' })];
  const sheet = await written(rowsOf(aTheme(), demands));
  const { themeId: _themeId, definedAt: _definedAt, changedAt: _changedAt, ...body } = aTheme();
  expect(readThemeSheet(sheet, 'emergency')).toEqual({
    ok: true,
    value: { themeId, theme: body, demands: [], known: 2 },
  });
});

test('an exported demand without its id is stated as it was', async () => {
  const rows = rowsOf(aTheme(), [aDemand({ neededBy: '2026-12-31' })]).map((cells) =>
    cells.map((cell, i) => (columnKeys[i] === 'demandId' ? '' : cell)),
  );
  expect(readThemeSheet(await written(rows), 'emergency')).toMatchObject({
    ok: true,
    value: { known: 0, demands: [{ row: 2, body: aDemandBody({ neededBy: '2026-12-31' }) }] },
  });
});

describe('a sheet that people have typed', () => {
  test('holds a theme in its first row and a demand in each', async () => {
    const sheet = await written([
      row({ ...theme, ...demand }),
      row({ ...demand, title: '危险源', from: 'press、tax' }),
    ]);
    expect(readThemeSheet(sheet, 'emergency')).toMatchObject({
      ok: true,
      value: {
        themeId: 'emergency',
        theme: { members: ['press', 'tax'], purpose: '应对' },
        demands: [
          {
            row: 2,
            body: { title: '避难场所', fields: [{ name: '名称' }, { name: 'addr', title: '地址', type: 'string' }] },
          },
          { row: 3, body: { title: '危险源', from: ['press', 'tax'], mode: 'delivery' } },
        ],
      },
    });
  });
  test('may have its columns in any order, and others beside them', async () => {
    const columns = ['备注', ...head.toReversed()];
    const cells = ['x', ...row({ ...theme, ...demand }).toReversed()];
    expect(readThemeSheet(await written([cells], columns), 'emergency').ok).toBe(true);
  });
  test('is told of every cell that is wrong, and of the column', async () => {
    const sheet = await written([
      row({ ...theme, lead: 'No Such', ...demand, frequency: 'often' }),
      row({ ...demand, purpose: '', demander: 'tax', neededBy: 'soon' }),
      row({ themeId: 'floods', ...demand }),
      row({ description: '说明' }),
    ]);
    const read = readThemeSheet(sheet, 'emergency');
    const cells = read.ok ? [] : read.problems.map(({ cell, column }) => `${cell} ${column}`);
    const at = (key: ColumnKey, number: number) => `${cellName(columnKeys.indexOf(key) + 1, number)} ${headings[key]}`;
    expect(cells.toSorted()).toEqual(
      [
        at('lead', 2),
        at('frequency', 2),
        at('purpose', 3),
        at('demander', 3),
        at('neededBy', 3),
        at('themeId', 4),
        at('title', 5),
      ].toSorted(),
    );
  });
  test('is told of columns that are missing', async () => {
    const sheet = await written([['避难场所']], ['需求名称']);
    const read = readThemeSheet(sheet, 'emergency');
    expect(read.ok ? [] : read.problems.map(({ column }) => column)).toEqual(
      (['themeId', 'name', 'lead', 'themePurpose', 'purpose', 'legalBasis'] as const).map((key) => headings[key]),
    );
  });
});
