import { describe, expect, test } from '@jest/globals';
import { openTable } from '../../../functions/records/index.ts';
import { aDataset } from '../changes/support.ts';
import { aSchema, columns, inChunks } from '../support.ts';
import { checkFile, refusalOf, textRow, workbookOf, workbookParts, type WorkbookSettings, zipOf } from './support.ts';

/** One cell below the header `a`: what it becomes in a field, or the rules that the record breaks. */
async function cellText(field: object, cell: string, settings: WorkbookSettings = {}): Promise<string> {
  const schema = aSchema({ fields: [{ name: 'a', ...field }] });
  const file = workbookOf(`${textRow(1, 'a')}<row r="2">${cell}</row>`, settings);
  const { accepted, report, result } = await checkFile(schema, file, { format: 'xlsx' });
  if (result.verdict === 'refused') return result.refusal.code;
  return report.length > 0 ? report.join() : accepted.slice(2, -1);
}

const text = { type: 'string' };

describe('a number', () => {
  test.each([
    ['1', '1'],
    ['-0', '0'],
    ['0.1', '0.1'],
    ['0.10000000000000001', '0.1'],
    ['1.2345678901E10', '12345678901'],
    ['1E-7', '0.0000001'],
    ['-1.5e-10', '-0.00000000015'],
    ['1e21', '1000000000000000000000'],
    ['1.7976931348623157e308', `17976931348623157${'0'.repeat(292)}`],
    ['5e-324', `0.${'0'.repeat(323)}5`],
    ['123456789012345678', '123456789012345680'],
    ['x', 'x'],
  ])('%s stands as %s', async (value, expected) => {
    expect(await cellText(text, `<c r="A2"><v>${value}</v></c>`)).toBe(expected);
  });

  test('has the decimal character of its field', async () => {
    expect(await cellText({ type: 'number', decimalChar: ',' }, '<c><v>1.5</v></c>')).toBe('"1,5"');
  });
});

describe('a text', () => {
  test.each<[string, string, string]>([
    ['inline', '<c t="inlineStr"><is><t>x</t></is></c>', 'x'],
    [
      'inline with runs',
      '<c t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>',
      'a b',
    ],
    ['of a formula', '<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>', 'ax'],
    ['shared', '<c t="s"><v>0</v></c>', 'plain'],
    ['shared with runs and phonetics', '<c t="s"><v>1</v></c>', '東京'],
    ['shared, with references', '<c t="s"><v>2</v></c>', '"<&>\'""😀\n"'],
    ['shared, in CDATA', '<c t="s"><v>3</v></c>', 'a<b&amp;'],
    ['with escapes of the format', '<c t="s"><v>4</v></c>', '"a\r_x000D_"'],
    ['inline, beside a value', '<c t="inlineStr"><v>5</v><is><t>x</t></is></c>', 'x'],
    ['inline, before a value', '<c t="inlineStr"><is><t>x</t></is><v>5</v></c>', 'x'],
    ['inline without its text', '<c t="inlineStr"><v>x</v></c>', 'x'],
    ['shared, beside a text of its own', '<c t="s"><is><t>x</t></is><v>0</v></c>', 'plain'],
    ['in a cell that tells no type', '<c><is><t>007</t></is></c>', '007'],
    ['inline with how it is pronounced', '<c t="inlineStr"><is><t>東</t><rPh><t>トウ</t></rPh></is></c>', '東'],
    ['with line ends of every kind', '<c t="inlineStr"><is><t>a\r\nb\rc</t></is></c>', '"a\nb\nc"'],
  ])('%s', async (_, cell, expected) => {
    const strings = [
      '<si><t>plain</t></si>',
      '<si><r><t>東</t></r><r><t>京</t></r><rPh sb="0" eb="1"><t>トウ</t></rPh><phoneticPr fontId="1"/></si>',
      '<si><t>&lt;&amp;&gt;&apos;&quot;&#x1F600;&#10;</t></si>',
      '<si><t><![CDATA[a<b&amp;]]></t></si>',
      '<si><t>a_x000D__x005F_x000D_</t></si>',
    ].join('');
    expect(await cellText(text, cell, { strings })).toBe(expected);
  });
});

describe('a truth value', () => {
  test.each([
    [{ type: 'boolean' }, 'true', 'false'],
    [{ type: 'boolean', trueValues: ['是'], falseValues: ['否', 'false'] }, '是', 'false'],
    [text, 'true', 'false'],
  ])('in %j', async (field, yes, no) => {
    expect(await cellText(field, '<c t="b"><v>1</v></c>')).toBe(yes);
    expect(await cellText(field, '<c t="b"><v>0</v></c>')).toBe(no);
  });
});

test.each([
  ['true', 'true'],
  [' 1 ', 'true'],
  ['false', 'false'],
  ['yes', '2,1,a,type,yes'],
  ['2', '2,1,a,type,2'],
])('a truth value that is written %j is %s', async (value, expected) => {
  expect(await cellText({ type: 'boolean' }, `<c t="b"><v>${value}</v></c>`)).toBe(expected);
});

describe('an error', () => {
  test.each<[object, string]>([
    [text, '2,1,a,type,#N/A'],
    [{ type: 'any' }, '2,1,a,type,#N/A'],
    [{ type: 'string', sensitivity: 'personal' }, '2,1,a,type,***'],
    [{ type: 'integer' }, '2,1,a,type,#N/A'],
    [{ type: 'string', missingValues: ['#N/A'] }, '#N/A'],
  ])('in %j', async (field, expected) => {
    expect(await cellText(field, '<c t="e"><f>NA()</f><v>#N/A</v></c>')).toBe(expected);
  });
});

test('every error of a row is reported at its place, and looks like one', async () => {
  const rows = `${textRow(1, 'a', 'b', 'c')}<row r="2"><c t="e"><v>#N/A</v></c><c><v>1</v></c><c t="e"><v>#DIV/0!</v></c></row>`;
  const { report, result } = await checkFile(columns('a', 'b', 'c'), workbookOf(rows));
  expect(report).toEqual(['2,1,a,type,#N/A', '2,3,c,type,#DIV/0!']);
  expect(result).toMatchObject({
    rows: { read: 1, rejected: 1 },
    violations: [{ field: 'a', looksLike: [{ kind: 'spreadsheet-error' }] }, { field: 'c' }],
  });
});

test('of a delete only the key may be no error', async () => {
  const schema = aSchema({ fields: [{ name: 'id' }, { name: 'a' }], primaryKey: ['id'] });
  const error = '<c t="e"><v>#N/A</v></c>';
  const row = (at: number, op: string, id: string) =>
    `<row r="${at}"><c t="inlineStr"><is><t>${op}</t></is></c><c t="inlineStr"><is><t>${id}</t></is></c>${error}</row>`;
  const file = workbookOf(
    `${textRow(1, '_op', 'id', 'a')}${row(2, 'delete', 'x')}${row(3, 'upsert', 'y')}<row r="4"><c t="inlineStr"><is><t>delete</t></is></c>${error}</row>`,
  );
  const { accepted, report } = await checkFile(schema, file, { changes: true, base: aDataset('id,a\nx,1\ny,2\n') });
  expect(report).toEqual(['3,3,a,type,#N/A', '4,2,id,type,#N/A']);
  expect(accepted).toBe('id,a\ny,2\n');
});

describe('a date', () => {
  const date = { type: 'date' };
  const datetime = { type: 'datetime' };
  const time = { type: 'time' };
  test.each<[object, number | string, string, string]>([
    [date, 14, '46357', '2026-12-01'],
    [date, 'yyyy\\-mm\\-dd', '46357', '2026-12-01'],
    [date, 'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;', '46357', '2026-12-01'],
    [date, '[$-804]aaaa;@', '46357', '2,1,a,type,46357'],
    [date, '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '46357', '2026-12-01'],
    [date, 31, '46357', '2026-12-01'],
    [date, 'mmm', '46357', '2026-12-01'],
    [date, '@', '46357', '2,1,a,type,46357'],
    [date, '0.00E+00', '46357', '2,1,a,type,46357'],
    [date, '#,##0.00\\ [$€-407]', '46357', '2,1,a,type,46357'],
    [date, '&quot;day &quot;0', '46357', '2,1,a,type,46357'],
    [date, '[Red]General', '46357', '2,1,a,type,46357'],
    [date, 'yyyy/m/d\\ h:mm', '46357', '2026-12-01'],
    [date, 22, '46357.5', '2,1,a,type,2026-12-01T12:00:00'],
    [date, 14, '46357.5', '2026-12-01'],
    [datetime, 22, '46357.333333333336', '2026-12-01T08:00:00'],
    [datetime, 'yyyy-mm-dd hh:mm:ss.000', '46357.33333475694', '2026-12-01T08:00:00.123'],
    [datetime, 14, '46357', '2026-12-01T00:00:00'],
    [datetime, 22, '46357.999999999', '2026-12-02T00:00:00'],
    [time, 21, '0.33333333333333331', '08:00:00'],
    [time, 'mm:ss', '0.5', '12:00:00'],
    [time, 46, '1.25', '2,1,a,type,30:00:00'],
    [time, '[h]:mm', '1.25', '2,1,a,type,30:00:00'],
    [time, '[h]:mm', '0.25', '06:00:00'],
    [time, 'h:mm', '1.25', '06:00:00'],
    [time, 'h:mm', '46357.25', '06:00:00'],
    [time, 20, '46357.25', '06:00:00'],
    [time, 45, '46357.25', '06:00:00'],
    [time, '上午/下午h&quot;时&quot;mm&quot;分&quot;', '46357.75', '18:00:00'],
    [text, 'h:mm', '46357.25', '06:00:00'],
    [{ type: 'integer' }, '0', '0x1F', '2,1,a,type,0x1F'],
    [time, 14, '46357', '2,1,a,type,2026-12-01'],
    [{ type: 'year' }, 'yyyy', '46357', '2026'],
    [{ type: 'yearmonth' }, 17, '46357', '2026-12'],
    [{ type: 'date', format: '%d.%m.%Y' }, 14, '46357', '01.12.2026'],
    [{ type: 'date', format: '%Y-%m' }, 14, '46387', '2,1,a,type,2026-12-31'],
    [{ type: 'datetime', format: '%Y%m%d %I:%M:%S %p' }, 22, '46357.75', '20261201 06:00:00 PM'],
    [{ type: 'date', format: '%A %e %B %y' }, 14, '46357', 'Tuesday 01 December 26'],
    [text, 14, '46357', '2026-12-01'],
    [text, 22, '46357.5', '2026-12-01T12:00:00'],
    [{ type: 'integer' }, 14, '46357', '2,1,a,type,2026-12-01'],
    [text, 14, '1', '1900-01-01'],
    [text, 14, '59', '1900-02-28'],
    [text, 14, '60', '1900-02-29'],
    [date, 14, '60', '2,1,a,type,1900-02-29'],
    [text, 14, '61', '1900-03-01'],
    [text, 14, '0', '1900-01-00'],
    [text, 14, '2958465', '9999-12-31'],
    [text, 14, '2958466', '2958466'],
    [text, 14, '-1', '-1'],
  ])('in %j, shown as %s, of %s', async (field, format, value, expected) => {
    expect(await cellText(field, `<c r="A2" s="1"><v>${value}</v></c>`, { formats: [format] })).toBe(expected);
  });

  test.each<[string, string]>([
    ['0', '1904-01-01'],
    ['44895', '2026-12-01'],
  ])('counts from 1904 where the workbook does: %s', async (value, expected) => {
    expect(await cellText(date, `<c s="1"><v>${value}</v></c>`, { formats: [14], from1904: true })).toBe(expected);
  });

  test.each<[object, string, string]>([
    [date, '2026-12-01', '2026-12-01'],
    [date, '2026-12-01T00:00:00.000Z', '2026-12-01'],
    [datetime, '2026-12-01T08:00:00', '2026-12-01T08:00:00'],
    [time, '08:00:00', '08:00:00'],
    [date, '2026-02-30', '2,1,a,type,2026-02-30'],
  ])('in %j may be written as ISO text: %s', async (field, value, expected) => {
    expect(await cellText(field, `<c t="d"><v>${value}</v></c>`)).toBe(expected);
  });
});

describe('rows', () => {
  const schema = columns('a', 'b');
  const rowsOf = (rows: string, settings: object = {}) => checkFile(schema, workbookOf(rows), settings);

  test('without anything are passed over, and lines are rows of the sheet', async () => {
    const { accepted, report } = await rowsOf(
      `<row r="1"/><row r="2"><c r="A2" s="1"/></row>${textRow(3, 'a', 'b')}${textRow(4, 'x', 'y')}<row r="5"><c r="A5" t="inlineStr"><is><t></t></is></c></row>${textRow(9, 'x', 'y', 'z')}<row><c r="B10"><v>1</v></c></row>`,
    );
    expect([accepted, report]).toEqual(['a,b\nx,y\n,1\n', ['9,,,columns,']]);
  });

  test('have no cells where a shared text is empty', async () => {
    const strings = '<si><t></t></si><si><t>a</t></si><si><t>b</t></si><si><t>x</t></si><si/>';
    const cells = (...indexes: number[]) => indexes.map((i) => `<c t="s"><v>${i}</v></c>`).join('');
    const rows = `<row r="1">${cells(1, 2, 0, 4)}</row><row r="2">${cells(3, 0, 0)}</row><row r="3">${cells(0, 4)}</row>`;
    const { accepted, report, result } = await checkFile(schema, workbookOf(rows, { strings }));
    expect([accepted, report, result]).toMatchObject(['a,b\nx,\n', [], { rows: { read: 1 } }]);
  });

  test('that name one long text again and again are rejected for their size', async () => {
    const strings = `<si><t>${'x'.repeat(1000)}</t></si>`;
    const many = Array.from({ length: 16_384 }, () => '<c t="s"><v>0</v></c>').join('');
    const { accepted, report } = await checkFile(
      schema,
      workbookOf(`${textRow(1, 'a', 'b')}<row r="2">${many}</row>${textRow(3, 'x', 'y')}`, { strings }),
    );
    expect([accepted, report]).toEqual(['a,b\nx,y\n', ['2,,,size,']]);
  });

  test('may leave out cells, and places of cells', async () => {
    const { accepted } = await rowsOf(
      `<row><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>`.replace('B1', 'A1') + textRow(2, 'x'),
    );
    expect(accepted).toBe('b\nx\n');
  });

  test('have no more columns than the header has names, however many cells are formatted', async () => {
    const { accepted, report } = await rowsOf(
      `<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c><c r="C1" s="1"/><c r="XFD1"/></row><row r="2"><c r="A2"><v>1</v></c><c r="D2" s="1"/></row>`,
    );
    expect([accepted, report]).toEqual(['a,b\n1,\n', []]);
  });

  test('of which the text is too long are rejected alone', async () => {
    const { accepted, report } = await rowsOf(
      `${textRow(1, 'a', 'b')}${textRow(2, 'x'.repeat(1024 * 1024), 'y')}${textRow(3, 'x', 'y'.repeat(2 * 1024 * 1024))}${textRow(4, 'x', 'y')}`,
    );
    expect([accepted, report]).toEqual(['a,b\nx,y\n', ['2,,,size,', '3,,,size,']]);
  });

  test('with line breaks in a cell are one line', async () => {
    const numbered = aSchema({ fields: [{ name: 'a' }, { name: 'b', type: 'integer' }] });
    const { report } = await checkFile(
      numbered,
      workbookOf(textRow(1, 'a', 'b') + textRow(2, 'x\ny\nz', '1') + textRow(3, 'x', 'y')),
    );
    expect(report).toEqual(['3,2,b,type,y']);
  });

  test.each([
    ['rows out of order', `${textRow(2, 'a')}${textRow(1, 'x')}`],
    ['a row twice', `${textRow(1, 'a')}${textRow(1, 'x')}`],
    ['cells out of order', '<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'],
    ['a cell beyond the last column', '<row><c r="XFE1"><v>1</v></c></row>'],
    ['a cell without a place in its name', '<row><c r="1"><v>1</v></c></row>'],
    ['a text that is not there', `${textRow(1, 'a')}<row><c t="s"><v>0</v></c></row>`],
  ])('%s are unreadable', async (_, rows) => {
    expect(await refusalOf(schema, workbookOf(rows))).toMatch(/^unreadable: /);
  });
});

describe('a header', () => {
  test.each<[string, string, RegExp]>([
    ['that is not there', '', /^empty: /],
    ['without records', textRow(1, 'a', 'b'), /^empty: /],
    ['with an unknown name', textRow(1, 'a', 'x') + textRow(2, '1'), /^header: .*x/],
    ['with a gap', `<row><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>`, /^header: /],
  ])('%s', async (_, rows, expected) => {
    expect(await refusalOf(columns('a', 'b'), workbookOf(rows))).toMatch(expected);
  });
});

describe('a workbook', () => {
  const rows = textRow(1, 'a') + textRow(2, 'x');
  const parts = workbookParts(rows, { sheetNames: ['一月', 'Feb &amp; Mar'] });
  const changed = (name: string, change: (content: string) => string) =>
    zipOf(parts.map((part) => (part.name === name ? { ...part, content: change(String(part.content)) } : part)));
  const without = (name: string) => zipOf(parts.filter((part) => part.name !== name));
  const schema = columns('a');

  test('has its sheets by name', async () => {
    expect((await checkFile(schema, zipOf(parts), { sheet: 'Feb & Mar' })).accepted).toBe('a\nx\n');
    expect(await refusalOf(schema, zipOf(parts), { sheet: 'Mar' })).toBe(
      'no-such-sheet: the workbook has no sheet "Mar"; its sheets are "一月", "Feb & Mar"',
    );
  });

  test.each<[string, Buffer]>([
    [
      'with prefixes on every name',
      changed('xl/worksheets/sheet1.xml', (xml) =>
        xml.replaceAll('<', '<x:').replaceAll('<x:/', '</x:').replace('xmlns=', 'xmlns:x='),
      ),
    ],
    [
      'with a byte order mark, comments and instructions',
      changed(
        'xl/worksheets/sheet1.xml',
        (xml) => `\uFEFF<?xml version='1.0' encoding='utf-8'?><!-- <x> --><?mso x?>${xml}<!-- -->`,
      ),
    ],
    [
      'with single quotes and blanks',
      changed('xl/worksheets/sheet1.xml', (xml) => xml.replaceAll(/="([^"]*)"/g, " = '$1' ")),
    ],
    [
      'of the strict edition',
      changed('_rels/.rels', (xml) =>
        xml.replaceAll(
          'http://schemas.openxmlformats.org/officeDocument/2006',
          'http://purl.oclc.org/ooxml/officeDocument',
        ),
      ),
    ],
    ['without relationships of its package', without('_rels/.rels')],
    ['without styles', without('xl/styles.xml')],
    ['stored without compression', zipOf(parts.map((part) => ({ ...part, method: 0 })))],
    ['with names in another case', zipOf(parts.map((part) => ({ ...part, name: part.name.toUpperCase() })))],
  ])('%s is read', async (_, file) => {
    expect(await checkFile(schema, file)).toMatchObject({ accepted: 'a\nx\n' });
  });

  test.each<[string, Buffer, RegExp]>([
    [
      'with a document type',
      changed('xl/worksheets/sheet1.xml', (xml) => `<!DOCTYPE x [<!ENTITY e "x">]>${xml}`),
      /^unreadable: /,
    ],
    [
      'with an entity of its own',
      changed('xl/worksheets/sheet1.xml', (xml) => xml.replace('>x<', '>&e;<')),
      /^unreadable: /,
    ],
    [
      'with a reference to no character',
      changed('xl/worksheets/sheet1.xml', (xml) => xml.replace('>x<', '>&#0;<')),
      /^unreadable: /,
    ],
    [
      'in UTF-16',
      changed('xl/worksheets/sheet1.xml', (xml) => `<?xml version="1.0" encoding="UTF-16"?>${xml}`),
      /^unreadable: /,
    ],
    [
      'with a tag that closes another',
      changed('xl/worksheets/sheet1.xml', (xml) => xml.replace('</row>', '</c>')),
      /^unreadable: /,
    ],
    ['that ends in the middle', changed('xl/worksheets/sheet1.xml', (xml) => xml.slice(0, -20)), /^unreadable: /],
    ['with two roots', changed('xl/worksheets/sheet1.xml', (xml) => xml + xml), /^unreadable: /],
    ['nested without end', changed('xl/worksheets/sheet1.xml', () => '<a>'.repeat(100_000)), /^unreadable: /],
    ['with a part twice', zipOf([...parts, ...parts.slice(-1)]), /^unreadable: .*two parts of one name/],
    ['without its sheet', without('xl/worksheets/sheet1.xml'), /^unreadable: .*lacks its part/],
    ['with a password on a part', zipOf(parts.map((part) => ({ ...part, flags: 1 }))), /^unreadable: .*encrypted/],
    ['compressed in another way', zipOf(parts.map((part) => ({ ...part, method: 14 }))), /^unreadable: .*compressed/],
    [
      'with a wrong checksum',
      zipOf(parts.map((part) => ({ ...part, declared: { checksum: 1 } }))),
      /^unreadable: .*damaged/,
    ],
    [
      'that is an archive of something else',
      zipOf([{ name: 'a.csv', content: 'a\nx\n' }]),
      /^unknown-format: .*without an XLSX workbook/,
    ],
    ['cut short', zipOf(parts).subarray(0, -30), /^unreadable: /],
  ])('%s is refused', async (_, file, expected) => {
    expect(await refusalOf(schema, file)).toMatch(expected);
  });
});

test('many long texts lie on the disk, and come back in any order', async () => {
  const count = 3000;
  const shared = (i: number): string => `${i}:${'é'.repeat(10_000 + (i % 7))}`;
  const strings = Array.from({ length: count }, (_, i) => `<si><t>${shared(i)}</t></si>`).join('');
  const order = Array.from({ length: count }, (_, i) => (i * 1237) % count);
  const rows = order.map((i, at) => `<row r="${at + 2}"><c t="s"><v>${i}</v></c></row>`).join('');
  const { accepted } = await checkFile(columns('a'), workbookOf(textRow(1, 'a') + rows, { strings }));
  expect(accepted === `a\n${order.map(shared).join('\n')}\n`).toBe(true);
});

test('without a schema, a sheet is a table of its values in their own forms', async () => {
  const file = workbookOf(
    `${textRow(2, 'a', 'b')}<row r="5"><c s="1"><v>46357</v></c><c t="b"><v>1</v></c></row><row r="6"><c t="e"><v>#N/A</v></c><c r="D6"><v>1</v></c></row>`,
    { formats: [14] },
  );
  const table = await openTable(inChunks(file), { format: 'auto', encoding: 'utf-8' });
  if ('code' in table) throw new Error(table.code);
  const chunks: Buffer[] = [];
  for await (const chunk of table.csv) chunks.push(Buffer.from(chunk));
  expect([table.format, Buffer.concat(chunks).toString()]).toEqual(['xlsx', 'a,b\n2026-12-01,true\n']);
});
