import { describe, expect, test } from '@jest/globals';
import { aSchema, columns } from '../support.ts';
import { checkFile, refusalOf, textRow, workbookParts, type WorkbookSettings, type ZipPart, zipOf } from './support.ts';

const STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
const X15 = 'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"';
const MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

const dates = aSchema({ fields: [{ name: 'a', type: 'date' }] });
const rows = `${textRow(1, 'a')}<row r="2"><c s="1"><v>44895</v></c></row>`;
const from1904 = { formats: [14], from1904: true };

/** The workbook with some of its parts changed, as text. */
function changed(
  changes: Readonly<Record<string, (xml: string) => string>>,
  { sheet = rows, ...settings }: WorkbookSettings & { readonly sheet?: string } = from1904,
): Buffer {
  const parts: ZipPart[] = workbookParts(sheet, settings).map((part) => {
    const change = changes[part.name];
    return change ? { ...part, content: change(String(part.content)) } : part;
  });
  return zipOf(parts);
}

/** Every element with a prefix, which takes the place of the default namespace. */
const prefixed = (xml: string): string =>
  xml.replaceAll(/<(\/?)(?=[a-z])/gi, '<$1p:').replace(/ xmlns="/, ' xmlns:p="');
const strict = (xml: string): string =>
  xml
    .replaceAll(MAIN, STRICT)
    .replaceAll(
      'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
      'http://purl.oclc.org/ooxml/officeDocument/relationships',
    );
const PARTS = ['_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml'];
const EVERY = [...PARTS, 'xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml'];
const each = (change: (xml: string) => string) => Object.fromEntries(EVERY.map((name) => [name, change]));

describe('an element is known by its namespace:', () => {
  test.each<[string, Buffer]>([
    [
      'properties of an extension are not those of the workbook',
      changed({
        'xl/workbook.xml': (xml) =>
          xml.replace(
            '</workbook>',
            `<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" ${X15}><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>`,
          ),
      }),
    ],
    [
      'nor are those of its own namespace that an extension holds',
      changed({
        'xl/workbook.xml': (xml) =>
          xml.replace('</workbook>', '<extLst><ext uri="x"><workbookPr/></ext></extLst></workbook>'),
      }),
    ],
    ['prefixes are the writer’s business', changed(each(prefixed))],
    ['both editions of the standard have theirs', changed(each(strict))],
    ['prefixes of the strict edition too', changed(each((xml) => prefixed(strict(xml))))],
    [
      'a namespace may be declared where it is used',
      changed({
        'xl/worksheets/sheet1.xml': (xml) => xml.replaceAll('<row ', `<row xmlns="${MAIN}" `).replaceAll('<c ', '<c '),
      }),
    ],
    [
      'a prefix may mean another thing within an element',
      changed({
        'xl/worksheets/sheet1.xml': (xml) =>
          prefixed(xml).replace('<p:v>44895', `<p:v xmlns:p="urn:x">1</p:v><p:v>44895`),
      }),
    ],
    [
      'attributes of another namespace are others',
      changed({
        'xl/worksheets/sheet1.xml': (xml) =>
          xml
            .replace('<worksheet', '<worksheet xmlns:o="urn:o"')
            .replace('<c s="1"', '<c o:s="0" o:t="e" o:r="Z1" s="1"'),
        'xl/workbook.xml': (xml) =>
          xml.replace('<workbook ', '<workbook xmlns:o="urn:o" ').replace('r:id', 'o:id="rId901" r:id'),
      }),
    ],
    [
      'formats of differences and of extensions are no formats of cells',
      changed({
        'xl/styles.xml': (xml) =>
          xml
            .replace('<numFmts>', '<dxfs><dxf><numFmt numFmtId="14" formatCode="0.00"/></dxf></dxfs><numFmts>')
            .replace('<cellXfs>', '<extLst><ext><cellXfs><xf numFmtId="2"/></cellXfs></ext></extLst><cellXfs>'),
      }),
    ],
    [
      'rows, cells and values of others are passed over with all that is in them',
      changed({
        'xl/worksheets/sheet1.xml': (xml) =>
          xml
            .replace('<worksheet', '<worksheet xmlns:o="urn:o"')
            .replace(
              '<row r="2">',
              `<o:row><row r="2"><c><v>7</v></c></row></o:row><row r="2"><o:c r="A2"><v>1</v></o:c>`,
            )
            .replace('<v>44895', '<o:v>1</o:v><extLst><ext><v>2</v><is><t>x</t></is></ext></extLst><v>44895'),
      }),
    ],
    [
      'relationships of other kinds are others, whatever their last word',
      changed({
        'xl/_rels/workbook.xml.rels': (xml) =>
          xml.replace(
            '<Relationship Id="rId901"',
            '<Relationship Id="x" Type="http://schemas.microsoft.com/office/2099/relationships/styles" Target="none.xml"/>$&',
          ),
      }),
    ],
  ])('%s', async (_, file) => {
    expect(await checkFile(dates, file)).toMatchObject({ accepted: 'a\n2026-12-01\n', report: [] });
  });

  test('texts beside those of an item are none of it', async () => {
    const strings = `<si><t>x</t><o:t xmlns:o="urn:o">y</o:t><extLst><ext><t>z</t></ext></extLst></si>`;
    const file = changed({}, { sheet: `${textRow(1, 'a')}<row><c t="s"><v>0</v></c></row>`, strings });
    expect(await checkFile(columns('a'), file)).toMatchObject({ accepted: 'a\nx\n' });
  });

  test.each<[string, (xml: string) => string, RegExp]>([
    ['none', (xml) => xml.replace(/ xmlns="[^"]*"/, ''), /^unreadable: .*namespace of workbooks/],
    ['another', (xml) => xml.replace(MAIN, 'urn:x'), /^unreadable: .*namespace of workbooks/],
    ['a prefix that nobody declared', (xml) => xml.replace('<row r="2"', '<z:row/>$&'), /^unreadable: .*damaged/],
    [
      'a prefix that was declared elsewhere',
      (xml) => xml.replace('<row r="2"', '<extLst xmlns:z="urn:z"/><z:row/>$&'),
      /^unreadable: .*damaged/,
    ],
    [
      'more declarations than there are prefixes',
      (xml) =>
        xml.replace('<worksheet', `<worksheet ${Array.from({ length: 1100 }, (_, i) => `xmlns:p${i}="u"`).join(' ')}`),
      /^unreadable: .*damaged/,
    ],
  ])('a sheet with %s is refused', async (_, change, expected) => {
    expect(await refusalOf(dates, changed({ 'xl/worksheets/sheet1.xml': change }))).toMatch(expected);
  });

  test('a hundred declarations on one element are all taken', async () => {
    const many = Array.from({ length: 100 }, (_, i) => `xmlns:p${i}="urn:${i}"`).join(' ');
    const file = changed({
      'xl/worksheets/sheet1.xml': (xml) =>
        xml
          .replace('<worksheet xmlns=', `<q:worksheet ${many} xmlns:q=`)
          .replaceAll(/<(\/?)(?=[a-z])(?!q:)/gi, '<$1q:'),
    });
    expect(await checkFile(dates, file)).toMatchObject({ accepted: 'a\n2026-12-01\n' });
  });
});

describe('of alternatives', () => {
  const row = (value: string): string => `<row r="2"><c t="inlineStr"><is><t>${value}</t></is></c></row>`;
  const sheetOf = (alternatives: string): Buffer =>
    changed(
      {
        'xl/worksheets/sheet1.xml': (xml) =>
          xml.replace('<worksheet', `<worksheet ${MC} ${X15} xmlns:m="${MAIN}" mc:Ignorable="x15"`),
      },
      { sheet: `${textRow(1, 'a')}<mc:AlternateContent>${alternatives}</mc:AlternateContent>` },
    );

  test.each<[string, string, string]>([
    [
      'the fallback is read where a choice wants an extension',
      `<mc:Choice Requires="x15">${row('new')}</mc:Choice><mc:Fallback>${row('old')}</mc:Fallback>`,
      'old',
    ],
    [
      'the choice is read that wants what the reader knows',
      `<mc:Choice Requires="m">${row('new')}</mc:Choice><mc:Fallback>${row('old')}</mc:Fallback>`,
      'new',
    ],
    [
      'the first that fits is read alone',
      `<mc:Choice Requires="m x15">${row('1')}</mc:Choice><mc:Choice Requires="m">${row('2')}</mc:Choice><mc:Choice Requires="m">${row('3')}</mc:Choice><mc:Fallback>${row('4')}</mc:Fallback>`,
      '2',
    ],
    [
      'those within others are chosen by themselves',
      `<mc:Choice Requires="x15">${row('1')}</mc:Choice><mc:Fallback><mc:AlternateContent><mc:Choice Requires="x15">${row('2')}</mc:Choice><mc:Fallback>${row('3')}</mc:Fallback></mc:AlternateContent></mc:Fallback>`,
      '3',
    ],
  ])('%s', async (_, alternatives, expected) => {
    expect(await checkFile(columns('a'), sheetOf(alternatives))).toMatchObject({ accepted: `a\n${expected}\n` });
  });

  test.each([
    ['a choice without a condition', `<mc:Choice>${row('x')}</mc:Choice>`],
    ['a choice that wants an unknown prefix', `<mc:Choice Requires="zz">${row('x')}</mc:Choice>`],
  ])('%s is refused', async (_, alternatives) => {
    expect(await refusalOf(columns('a'), sheetOf(alternatives))).toMatch(/^unreadable: /);
  });

  test('a choice by itself is refused', async () => {
    const file = changed({
      'xl/worksheets/sheet1.xml': (xml) =>
        xml.replace('<worksheet', `<worksheet ${MC}`).replace('<row r="2"', '<mc:Fallback/>$&'),
    });
    expect(await refusalOf(dates, file)).toMatch(/^unreadable: /);
  });
});

test('comments without number cost no room', async () => {
  const file = changed({
    'xl/worksheets/sheet1.xml': (xml) => xml.replace('<row r="2"', `${'<!---->'.repeat(200_000)}$&`),
  });
  expect(await checkFile(dates, file)).toMatchObject({ accepted: 'a\n2026-12-01\n' });
});
