import { zipOf } from '../formats/support.ts';

/** A text, a number, a day shown as such, a formula with or without its result. */
export type CellValue =
  | string
  | number
  | { readonly date: number }
  | { readonly formula: string; readonly result?: number };

export interface SheetContent {
  readonly name?: string;
  readonly rows: readonly (readonly CellValue[])[];
  readonly merged?: readonly string[];
  readonly hidden?: boolean;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A workbook as spreadsheet programs write it, made without the code that is tested. */
export function bookOf(sheets: readonly SheetContent[]): Buffer {
  const names = sheets.map(({ name }, i) => name ?? `Sheet${i + 1}`);
  return zipOf([
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${PACKAGE}"><Relationship Id="r" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets
        .map(
          ({ hidden }, i) =>
            `<sheet name="${names[i]}" sheetId="${i + 1}" r:id="s${i}"${hidden === true ? ' state="hidden"' : ''}/>`,
        )
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${PACKAGE}"><Relationship Id="st" Type="${RELATIONS}/styles" Target="styles.xml"/>${sheets
        .map((_, i) => `<Relationship Id="s${i}" Type="${RELATIONS}/worksheet" Target="worksheets/s${i}.xml"/>`)
        .join('')}</Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    },
    ...sheets.map((sheet, i) => ({ name: `xl/worksheets/s${i}.xml`, content: sheetXml(sheet) })),
  ]);
}

function sheetXml({ rows, merged = [] }: SheetContent): string {
  const body = rows.map((cells, i) => `<row r="${i + 1}">${cells.map(cellXml).join('')}</row>`).join('');
  const ranges =
    merged.length === 0
      ? ''
      : `<mergeCells>${merged.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`;
  return `<worksheet xmlns="${MAIN}"><sheetData>${body}</sheetData>${ranges}</worksheet>`;
}

function cellXml(value: CellValue): string {
  if (value === '') return '<c/>';
  if (typeof value === 'string')
    return `<c t="inlineStr"><is><t>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`;
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  if ('date' in value) return `<c s="1"><v>${value.date}</v></c>`;
  return `<c><f>${value.formula}</f>${value.result === undefined ? '' : `<v>${value.result}</v>`}</c>`;
}
