import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { aSchema, columns } from '../support.ts';
import { checkFile, refusalOf, textRow, workbookParts, type WorkbookSettings, type ZipPart, zipOf } from './support.ts';

/** Small workbooks with one odd trait each, as the suites of spreadsheet readers have them. */
type Changes = Readonly<Record<string, (xml: string) => string | Buffer>>;

const SHEET = 'xl/worksheets/sheet1.xml';
const partsOf = (rows: string, changes: Changes = {}, settings: WorkbookSettings = {}): ZipPart[] =>
  workbookParts(rows, settings).map((part) => ({
    ...part,
    content: changes[part.name]?.(String(part.content)) ?? part.content,
  }));
const bookOf = (rows: string, changes: Changes = {}, settings: WorkbookSettings = {}): Buffer =>
  zipOf(partsOf(rows, changes, settings));
const good = `${textRow(1, 'a')}${textRow(2, 'x')}`;
const value = (cell: string): string => `${textRow(1, 'a')}<row r="2">${cell}</row>`;
const changed = (part: string, from: string | RegExp, to: string, settings?: WorkbookSettings): Buffer =>
  bookOf(good, { [part]: (xml) => xml.replace(from, to) }, settings);
const renamed = (from: string, to: string): Buffer =>
  zipOf(partsOf(good).map((part) => (part.name === from ? { ...part, name: to } : part)));

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';

/** A workbook of two sheets with parts of their own: the first has `x`, the second `y`. */
function twoSheets(changes: Changes = {}): Buffer {
  const parts = partsOf(
    good,
    { [RELATIONS]: (xml) => xml.replace('sheet1.xml"', 'sheet2.xml"') },
    { sheetNames: ['one', 'two'] },
  );
  const first = { name: 'xl/worksheets/sheet2.xml', content: String(parts.at(-1)?.content) };
  const second = first.content.replace('>x<', '>y<');
  const all = [...parts.slice(0, -1), { name: SHEET, content: second }, first];
  return zipOf(all.map((part) => ({ ...part, content: changes[part.name]?.(String(part.content)) ?? part.content })));
}
const hiding = (name: string, state: string) => (xml: string) =>
  xml.replace(`name="${name}"`, `name="${name}" state="${state}"`);

/** As writers do that stream: sizes and checksum stand behind each part. */
function streamed(parts: readonly ZipPart[]): Buffer {
  const whole = zipOf(parts.map((part) => ({ ...part, flags: 8 })));
  for (const { content } of parts) {
    const packed = deflateRawSync(Buffer.from(content));
    const at = whole.indexOf(packed);
    const name = whole.lastIndexOf('PK\u0003\u0004', at, 'latin1');
    whole.fill(0, name + 14, name + 26);
  }
  return whole;
}

describe('a workbook is read', () => {
  test.each<[trait: string, file: Buffer]>([
    ['whose parts stream, sizes behind them', streamed(partsOf(good))],
    [
      'with backslashes in the names of its parts',
      zipOf(partsOf(good).map((part) => ({ ...part, name: part.name.replaceAll('/', '\\') }))),
    ],
    [
      'with folders and other parts in its archive',
      zipOf([
        { name: 'xl/', content: '', method: 0 },
        ...partsOf(good),
        { name: 'xl/vbaProject.bin', content: 'x' },
        { name: 'docProps/app.xml', content: '<x/>' },
      ]),
    ],
    [
      'with a comment behind its archive',
      (() => {
        const file = Buffer.concat([zipOf(partsOf(good)), Buffer.from('made by hand')]);
        file.writeUInt16LE(12, file.length - 14);
        return file;
      })(),
    ],
    [
      'whose main part has another name',
      bookOf(good).length > 0
        ? zipOf(
            partsOf(good, { '_rels/.rels': (xml) => xml.replace('xl/workbook.xml', '/xl/book.xml') }).map((part) => ({
              ...part,
              name: part.name.replace('workbook.xml', 'book.xml'),
            })),
          )
        : Buffer.alloc(0),
    ],
    [
      'with targets from the root of the package',
      changed('xl/_rels/workbook.xml.rels', 'worksheets/sheet1.xml', '/xl/worksheets/sheet1.xml'),
    ],
    [
      'with targets that go up and down',
      changed('xl/_rels/workbook.xml.rels', 'worksheets/sheet1.xml', './../xl/./worksheets/sheet1.xml'),
    ],
    ['with backslashes in its targets', changed(RELATIONS, 'worksheets/sheet1.xml', 'worksheets\\sheet1.xml')],
    ['with a backslash before its targets', changed(RELATIONS, 'worksheets/sheet1.xml', '\\xl\\worksheets/sheet1.xml')],
    ['whose sheets are numbered in another order than they stand', twoSheets()],
    ['whose second sheet is hidden', twoSheets({ [WORKBOOK]: hiding('two', 'hidden') })],
    ['whose only sheet is hidden', changed(WORKBOOK, 'sheetId', 'state="hidden" sheetId')],
    [
      'whose sheets are all hidden',
      twoSheets({ [WORKBOOK]: (xml) => xml.replaceAll('sheetId', 'state="hidden" sheetId') }),
    ],
    ['with a sheet that says that it is shown', twoSheets({ [WORKBOOK]: hiding('one', 'visible') })],
    [
      'with a dimension that is too large',
      changed(SHEET, '<sheetData>', '<dimension ref="A1:XFD1048576"/><sheetData>'),
    ],
    ['with its rows in two pieces', changed(SHEET, '<row r="2"', '</sheetData><sheetData><row r="2"')],
    ['with attributes on lines of their own', changed(SHEET, '<row r="2"', '<row\r\n\tr\n=\n"2"\n')],
    ['that is a version of XML later', changed(SHEET, /^/, '<?xml version="1.1" encoding="utf-8"?>')],
    ['with rows that say no number between others', changed(SHEET, '<row r="2">', '<row>')],
    ['without the part of its styles', zipOf(partsOf(good).filter(({ name }) => name !== 'xl/styles.xml'))],
    [
      'with relationships to other places',
      changed(
        'xl/_rels/workbook.xml.rels',
        '<Relationship ',
        '<Relationship Id="e" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="http://example.org/s.xml" TargetMode="External"/><Relationship ',
      ),
    ],
    [
      'whose first sheet is a chart',
      changed('xl/workbook.xml', '<sheets>', '<sheets><sheet name="chart" sheetId="9" r:id="rId902"/>'),
    ],
    ['with a dimension that is too small', changed(SHEET, '<sheetData>', '<dimension ref="A1"/><sheetData>')],
    [
      'with views, columns and merged cells around its rows',
      bookOf(good, {
        [SHEET]: (xml) =>
          xml
            .replace(
              '<sheetData>',
              '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1"/></sheetView></sheetViews><cols><col min="1" max="1" width="9"/></cols><sheetData>',
            )
            .replace(
              '</sheetData>',
              '</sheetData><autoFilter ref="A1:A2"/><mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells><conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1=1</formula></cfRule></conditionalFormatting>',
            ),
      }),
    ],
    [
      'with attributes of rows and cells that say nothing of values',
      changed(SHEET, '<row r="2">', '<row r="2" spans="1:1" s="0" customFormat="1" ht="15" hidden="1" thickBot="1">'),
    ],
    ['with references in small letters', changed(SHEET, '<row r="2"><c ', '<row r="2"><c r="a2" ')],
    [
      'with another sheet of which the part is not there',
      changed('xl/workbook.xml', '</sheets>', '<sheet name="gone" sheetId="7" r:id="rId77"/></sheets>'),
    ],
    [
      'with rows of nothing behind its records',
      bookOf(`${good}<row r="3"/><row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576"/></row>`),
    ],
    [
      'with counts of its texts that are wrong',
      bookOf(
        `${textRow(1, 'a')}<row r="2"><c t="s"><v>0</v></c></row>`,
        { 'xl/sharedStrings.xml': (xml) => xml.replace('<sst ', '<sst count="99" uniqueCount="0" ') },
        { strings: '<si><t>x</t></si>' },
      ),
    ],
    ['with a sheet of one line without a declaration', bookOf(good)],
    ['with line breaks between its tags', changed(SHEET, /></g, '>\r\n  <')],
  ])('%s', async (_, file) => {
    expect(await checkFile(columns('a'), file)).toMatchObject({ accepted: 'a\nx\n', report: [] });
  });

  test('by the name of a sheet that is not the first', async () => {
    const file = bookOf(good, {}, { sheetNames: ['一', '数据 &lt;2026&gt; 😀'] });
    expect(await checkFile(columns('a'), file, { sheet: '数据 <2026> 😀' })).toMatchObject({ accepted: 'a\nx\n' });
  });

  test.each(['hidden', 'veryHidden'])(
    'by the first sheet that is not %s, or by the name of one that is',
    async (state) => {
      const file = twoSheets({ [WORKBOOK]: hiding('one', state) });
      expect(await checkFile(columns('a'), file)).toMatchObject({ accepted: 'a\ny\n' });
      expect(await checkFile(columns('a'), file, { sheet: 'one' })).toMatchObject({ accepted: 'a\nx\n' });
    },
  );

  test('and its parts are refused where two have one name but for their case', async () => {
    expect(
      await refusalOf(columns('a'), zipOf([...partsOf(good), { name: 'XL/Styles.xml', content: '<x/>' }])),
    ).toMatch(/^unreadable: .*two parts/);
    expect(await refusalOf(columns('a'), renamed('xl/workbook.xml', 'xl/workbook.bin'))).toMatch(/^unknown-format: /);
  });
});

describe('a workbook is refused as unreadable', () => {
  const utf16 = (xml: string): Buffer => Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${xml}`, 'utf16le');
  const row = (r: string): Buffer => bookOf(`${textRow(1, 'a')}<row r="${r}"><c><v>1</v></c></row>`);

  test.each<[trait: string, file: Buffer]>([
    ['in UTF-16', bookOf(good, { [SHEET]: utf16 })],
    ['in UTF-16, bytes the other way round', bookOf(good, { [SHEET]: (xml) => utf16(xml).swap16() })],
    ['with relationships in UTF-16', bookOf(good, { [RELATIONS]: utf16 })],
    ['in an encoding of one byte', changed(SHEET, /^/, '<?xml version="1.0" encoding="ISO-8859-1"?>')],
    ['in GBK', changed(SHEET, /^/, '<?xml version="1.0" encoding="GBK"?>')],
    [
      'with bytes that are no UTF-8',
      bookOf(good, { [SHEET]: (xml) => Buffer.from(xml.replace('>x<', '>é<'), 'latin1') }),
    ],
    ['with half a row', row('2.5')],
    ['with a row of no number', row('x')],
    ['with a row before the first', row('0')],
    ['with a row below none', row('-1')],
    ['with a row beyond all', row('4294967296')],
    ['with a row beyond numbers', row('1e400')],
    ['with a place in words of another script', bookOf(value('<c r="é2"><v>1</v></c>'))],
    ['with a place as formulas write it', bookOf(value('<c r="$A$2"><v>1</v></c>'))],
    [
      'with a text of a number below none',
      bookOf(value('<c t="s"><v>-1</v></c>'), {}, { strings: '<si><t>x</t></si>' }),
    ],
    ['with a text between two', bookOf(value('<c t="s"><v>0.5</v></c>'), {}, { strings: '<si><t>x</t></si>' })],
  ])('%s', async (_, file) => {
    expect(await refusalOf(columns('a'), file)).toMatch(/^unreadable: /);
  });

  test('but not where a row is far below the others', async () => {
    const { accepted, report } = await checkFile(
      aSchema({ fields: [{ name: 'a', type: 'integer' }] }),
      bookOf(`${textRow(1, 'a')}<row r="2000000000"><c><v>1</v></c></row><row><c><v>x</v></c></row>`),
    );
    expect([accepted, report]).toEqual(['a\n1\n', ['2000000001,1,a,type,x']]);
  });
});

describe('a cell', () => {
  const read = async (field: object, cell: string, settings: WorkbookSettings = {}): Promise<string> => {
    const { accepted, report } = await checkFile(
      aSchema({ fields: [{ name: 'a', ...field }] }),
      bookOf(value(cell), {}, settings),
    );
    return report.length > 0 ? report.join() : accepted.slice(2, -1);
  };
  const text = { type: 'string' };

  test.each<[trait: string, cell: string, expected: string]>([
    ['with blanks at both ends keeps them', '<c t="inlineStr"><is><t xml:space="preserve">  x </t></is></c>', '  x '],
    ['with blanks at both ends keeps them, told to or not', '<c t="inlineStr"><is><t>  x </t></is></c>', '  x '],
    ['of a formula has its stored value', '<c><f>1+1</f><v>2</v></c>', '2'],
    ['of a shared formula too', '<c><f t="shared" si="0"/><v>2</v></c>', '2'],
    ['of an array formula too', '<c cm="1"><f t="array" ref="A2:A2">SUM(1)</f><v>1</v></c>', '1'],
    ['of a formula that gave a truth value', '<c t="b"><f>TRUE()</f><v>1</v></c>', 'true'],
    ['of a formula of a table of data too', '<c><f t="dataTable" ref="A2:A2" dt2D="1"/><v>3</v></c>', '3'],
    ['of a formula that gave a text', '<c t="str"><f>A1</f><v xml:space="preserve"> x </v></c>', ' x '],
    ['of a number with a large exponent', '<c><v>1E+20</v></c>', '100000000000000000000'],
    ['of a number with blanks around it', '<c><v> 5\n</v></c>', '5'],
    ['of a number in pieces', '<c><v>1<!-- x -->2<![CDATA[3]]>&#52;</v></c>', '1234'],
    ['of a number that says its type', '<c t="n"><v>-0.5</v></c>', '-0.5'],
    ['of a number in a style that is not there', '<c s="99"><v>46357</v></c>', '46357'],
    ['of a truth value in a format of dates', '<c t="b" s="1"><v>0</v></c>', 'false'],
    ['of a text in a format of dates', '<c t="str" s="1"><v>46357</v></c>', '46357'],
    ['of a moment to the minute', '<c t="d"><v>2026-12-01T08:00</v></c>', '2026-12-01T08:00:00'],
    ['of a moment with a zone', '<c t="d"><v>2026-12-01T08:00:00+08:00</v></c>', '2026-12-01T08:00:00+08:00'],
    ['of a day that there is not', '<c t="d"><v>2026-02-30</v></c>', '2026-02-30'],
    ['of a text in halves of an emoji', '<c t="inlineStr"><is><t>_xD83D__xDE00_</t></is></c>', '😀'],
    ['of half an emoji', '<c t="inlineStr"><is><t>a_xD83D_</t></is></c>', 'a\uFFFD'],
    [
      'of runs, one of them empty',
      '<c t="inlineStr"><is><r><t>a</t></r><r><rPr/><t/></r><r><t>b</t></r></is></c>',
      'ab',
    ],
    ['of digits that are a text stays a text', '<c t="str"><v>007</v></c>', '007'],
    ['of a text in a number’s type stays as it is', '<c t="n"><v>n/a</v></c>', 'n/a'],
    ['of a number in small thousandths', '<c><v>1E-3</v></c>', '0.001'],
    ['of a sum that a double does not hold', '<c><v>0.30000000000000004</v></c>', '0.30000000000000004'],
    ['of sixteen nines', '<c><v>9999999999999999</v></c>', '10000000000000000'],
    [
      'with a hyperlink or a comment elsewhere',
      '<c t="inlineStr"><is><t>https://example.org/?a=1&amp;b=2</t></is></c>',
      'https://example.org/?a=1&b=2',
    ],
    [
      'of runs with formats',
      '<c t="inlineStr"><is><r><rPr><b/><sz val="11"/></rPr><t>a</t></r><r><t>b</t></r></is></c>',
      'ab',
    ],
    ['of a line of its own', '<c t="inlineStr"><is><t>a&#10;b</t></is></c>', '"a\nb"'],
    ['of emoji beyond the first plane', '<c t="inlineStr"><is><t>&#128512;😀</t></is></c>', '😀😀'],
    ['with an escape that is none', '<c t="inlineStr"><is><t>_x12_ _xZZZZ_ _x0041_</t></is></c>', '_x12_ _xZZZZ_ A'],
  ])('%s', async (_, cell, expected) => {
    expect(await read(text, cell, { formats: [14] })).toBe(expected);
  });

  test.each<[trait: string, cell: string]>([
    ['of a formula that was never computed', '<c><f>A1</f></c>'],
    ['of a formula that gave an empty text', '<c t="str"><f>""</f><v></v></c>'],
    ['of an empty inline text', '<c t="inlineStr"><is><t/></is></c>'],
    ['of an inline text without a text', '<c t="inlineStr"><is/></c>'],
    ['with a format alone', '<c r="A2" s="1"/>'],
  ])('%s is none', async (_, cell) => {
    const file = bookOf(
      `${textRow(1, 'a', 'b')}<row r="2">${cell}<c t="inlineStr"><is><t>y</t></is></c></row><row r="3">${cell}</row>`,
    );
    expect(await checkFile(columns('a', 'b'), file)).toMatchObject({ accepted: 'a,b\n,y\n', report: [] });
  });

  test.each<[trait: string, format: number | string, serial: string, expected: string]>([
    ['of money is a number', '#,##0.00_);[Red]\\(#,##0.00\\)', '1234.5', '1234.5'],
    ['of money in words is a number', '[$USD]\\ #,##0', '46357', '46357'],
    ['of a percentage is a number', 10, '0.255', '0.255'],
    ['of a fraction is a number', 13, '0.5', '0.5'],
    ['of a text format is a number', 49, '46357', '46357'],
    ['with days in quotes is a number', '0&quot; days&quot;', '46357', '46357'],
    ['with a d behind a backslash is a number', '0\\d', '46357', '46357'],
    ['of colours and conditions is a number', '[Green][&gt;100]0;[Red]0', '46357', '46357'],
    ['of no format, in Chinese, is a number', 'G/通用格式', '46357.25', '46357.25'],
    ['of no format and words, in Chinese, is a number', 'G/通用格式&quot;元&quot;', '46357', '46357'],
    ['of no format, in Japanese, is a number', 'G/標準', '46357', '46357'],
    ['of no format, in Korean, is a number', 'G/표준', '46357', '46357'],
    ['of no format that is spelled out is a number', 'General', '46357', '46357'],
    ['with a semicolon in quotes', '&quot;a;b&quot;yyyy', '46357', '2026-12-01'],
    ['with a semicolon behind a backslash', '\\;yyyy;0', '46357', '2026-12-01'],
    ['of numbers first and dates then is a number', '0;yyyy', '46357', '46357'],
    ['that shows nothing is a number', ';;;', '46357', '46357'],
    ['of thousands with an exponent is a number', '##0.0E+0', '46357', '46357'],
    ['of telephones is a number', '[&lt;=9999999]###\\-####;\\(###\\)\\ ###\\-####', '46357', '46357'],
    ['of a width of a d is a number', '0_d', '46357', '46357'],
    ['filled up with d is a number', '0*d', '46357', '46357'],
    ['of numerals of the country', '[DBNum1][$-804]yyyy&quot;年&quot;m&quot;月&quot;', '46357', '2026-12-01'],
    ['of a condition', '[&gt;=43831]yyyy/m/d;0', '46357', '2026-12-01'],
    ['of a month and a day', 'd\\-mmm', '46357', '2026-12-01'],
    ['of a language’s date', '[$-409]mmm\\-yy;@', '46357', '2026-12-01'],
    ['of the system’s long time', '[$-F400]h:mm:ss\\ AM/PM', '0.75', '18:00:00'],
    ['of tenths of a second', 'mm:ss.0', '0.00001157407407', '00:00:01'],
    ['of minutes that go on', '[mm]:ss', '1.5', '36:00:00'],
    ['of an era', '[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;', '46357', '2026-12-01'],
    ['of a format that takes the place of a built-in one', 14, '46357', '2026-12-01'],
    ['of a leap day', 14, '45351', '2024-02-29'],
    ['of the day before the leap year that was none', 14, '59', '1900-02-28'],
    ['just before midnight', 22, '46357.99998842593', '2026-12-01T23:59:59'],
    ['of the last second', 22, '2958465.99998842593', '9999-12-31T23:59:59'],
    ['of the day after the last, by a hair', 22, '2958465.9999999995', '2958465.9999999995'],
  ])('%s', async (_, format, serial, expected) => {
    expect(await read(text, `<c s="1"><v>${serial}</v></c>`, { formats: [format] })).toBe(expected);
  });

  test.each([
    ['2957003', '9999-12-31'],
    ['2957004', '2957004'],
    ['2958465', '2958465'],
    ['-1', '-1'],
    ['1.5', '1904-01-02'],
    ['60', '1904-03-01'],
  ])('of the day %s since 1904 is %s', async (serial, expected) => {
    const cell = `<c s="1"><v>${serial}</v></c>`;
    expect(await read({ type: 'any' }, cell, { formats: [14], from1904: true })).toBe(expected);
  });

  test.each([
    ['true', true],
    ['1', true],
    ['0', false],
    ['false', false],
  ])('is of a workbook from 1904 where that says %s', async (said, is) => {
    const file = bookOf(
      value('<c s="1"><v>0</v></c>'),
      { 'xl/workbook.xml': (xml) => xml.replace('date1904="0"', `date1904="${said}"`) },
      { formats: [14] },
    );
    expect((await checkFile(columns('a'), file)).accepted).toBe(`a\n${is ? '1904-01-01' : '1900-01-00'}\n`);
  });
});
