import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { entities, KEYS, lines, messyFiles, TITLES } from '../records/clean/messy-files.ts';
import { Terminal } from './terminal.ts';

const definition = join(import.meta.dirname, '../../schemas/catalog/legal-entities.json');
let terminal: Terminal;
const put = (name: string, content: string | Uint8Array) => writeFile(join(terminal.folder, name), content);
const messy = (kind: string): Uint8Array => {
  const found = messyFiles().find((file) => file.kind.startsWith(kind));
  if (!found) throw new Error(kind);
  return found.bytes;
};

beforeAll(async () => {
  terminal = await Terminal.open();
});
afterAll(() => terminal.close());

test('a workbook with a title becomes a file that passes the check; nothing is written before it is asked for', async () => {
  await put('register.xlsx', messy('a title in merged cells'));
  const looked = await terminal.hub(`clean register.xlsx --definition ${definition}`);
  expect(looked).toMatchObject({ code: 0, err: '' });
  expect(looked.out).toMatch(/row 1 is a title; the header is in row 2.*all 12 records.*-o register-clean\.csv/s);
  const written = await terminal.hub(`clean register.xlsx --definition ${definition} -o clean.csv`);
  expect(written).toMatchObject({ code: 0, err: '' });
  expect(await terminal.hub(`check clean.csv --definition ${definition} --strict`)).toMatchObject({ code: 0 });
});

test('what only the owner knows is asked for, in either language, and nothing is written without it', async () => {
  await put('dates.csv', messy('days or months first, which only'));
  const open = await terminal.hub(`--lang zh clean dates.csv --definition ${definition} -o dated.csv`);
  expect(open).toMatchObject({ code: 1, out: '' });
  expect(open.err).toMatch(/12 个日期分不清.*--answer dates\.approved_on=day-first/s);
  await expect(terminal.read('dated.csv')).rejects.toThrow(/ENOENT/);
  const answered = await terminal.hub(
    `clean dates.csv --definition ${definition} -o dated.csv --answer dates.approved_on=day-first`,
  );
  expect(answered).toMatchObject({ code: 0, err: '' });
  const json = await terminal.hub(`--json clean dates.csv --definition ${definition}`);
  expect(JSON.parse(json.err)).toMatchObject({ code: 'unanswered' });
});

test('a file without a fault is copied as it is, byte for byte', async () => {
  const content = `\uFEFF${lines(
    ',',
    KEYS,
    entities(3).map((row) => KEYS.map((key) => row[key])),
  ).replaceAll('\n', '\r\n')}`;
  await put('right.csv', content);
  expect(await terminal.hub(`clean right.csv --definition ${definition} -o same.csv`)).toMatchObject({ code: 0 });
  expect(await readFile(join(terminal.folder, 'same.csv'), 'utf8')).toBe(content);
});

test('values of a person are not shown; what cannot be mended is named by cell, and the verdict is that of the check', async () => {
  const rows = entities(3).map((row, i) =>
    KEYS.map((key) => (key === 'phone' ? ` ${row.phone}` : key === 'division' && i === 1 ? '11' : row[key])),
  );
  await put(
    'people.csv',
    lines(
      ',',
      KEYS.map((key) => TITLES[key]),
      rows,
    ),
  );
  const { out, code } = await terminal.hub(`clean people.csv --definition ${definition}`);
  expect(code).toBe(4);
  expect(out).toMatch(/G2 +phone +\(personal data\) +\(personal data\)/);
  expect(out).not.toContain('010-');
  expect(out).toMatch(/Cannot be mended by itself.*division.*E3/s);
});

test('a check says what cleaning would do, also of totals that it would accept, and nothing of a file that is right', async () => {
  await put('titled.csv', messy('ten title rows'));
  const titledFile = await terminal.hub(`check titled.csv --definition ${definition}`);
  expect(titledFile).toMatchObject({ code: 4 });
  expect(titledFile.out).toMatch(
    /the header is in row 11[^]*hub clean titled\.csv --definition \S+ -o titled-clean\.csv/,
  );
  await put(
    'loose.json',
    JSON.stringify({
      ...JSON.parse(await readFile(definition, 'utf8')),
      schema: {
        fields: [
          { name: 'name', type: 'string', sensitivity: 'public' },
          { name: 'n', type: 'integer', sensitivity: 'public' },
        ],
      },
      modes: ['delivery'],
    }),
  );
  await put('totals.csv', 'name,n\na,1\n合 计,1\n');
  const totals = await terminal.hub('check totals.csv --definition loose.json');
  expect(totals).toMatchObject({ code: 0 });
  expect(totals.out).toMatch(/looks like a total or a remark[^]*\(row 3\)/);
  await put('good.csv', 'name,n\na,1\n');
  expect((await terminal.hub('check good.csv --definition loose.json')).out).not.toContain('hub clean');
});

test.each([
  ['a result that is called otherwise than it is', 'clean right.csv -o out.xlsx', /ends in \.csv/],
  ['an answer to no question', 'clean right.csv --answer colour=red', /answers no question/],
  [
    'an answer that is none of the options',
    'clean right.csv --answer dates.approved_on=first',
    /day-first, month-first/,
  ],
  ['a field that there is not', 'clean right.csv --answer column.C=colour', /It may be org_code/],
])('refuses %s', async (_, line, says) => {
  const { code, err } = await terminal.hub(`${line} --definition ${definition}`);
  expect([code, err]).toEqual([2, expect.stringMatching(says)]);
});
