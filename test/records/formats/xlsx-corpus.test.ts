import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { aSchema, columns } from '../support.ts';
import { checkFile, refusalOf, textRow, workbookParts, type WorkbookSettings, type ZipPart, zipOf } from './support.ts';

/** Small workbooks with one odd trait each, as the suites of spreadsheet readers have them. */
type Changes = Readonly<Record<string, (xml: string) => string>>;

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

  test('and its parts are refused where two have one name but for their case', async () => {
    expect(
      await refusalOf(columns('a'), zipOf([...partsOf(good), { name: 'XL/Styles.xml', content: '<x/>' }])),
    ).toMatch(/^unreadable: .*two parts/);
    expect(await refusalOf(columns('a'), renamed('xl/workbook.xml', 'xl/workbook.bin'))).toMatch(/^unknown-format: /);
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
    expect(await read(text, cell)).toBe(expected);
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
  ])('%s', async (_, format, serial, expected) => {
    expect(await read(text, `<c s="1"><v>${serial}</v></c>`, { formats: [format] })).toBe(expected);
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
