import type { AnyOutput } from '../../csv/output.ts';
import { columnLetters } from '../../formats/cell-name.ts';
import type { ExtractField } from '../extract-field.ts';
import { cellXml, textCell } from './sheet-cell.ts';
import type { TableWriter } from './table-writer.ts';
import {
  CONTENT_TYPES,
  PACKAGE_RELATIONSHIPS,
  SHEET,
  STYLESHEET,
  WORKBOOK,
  WORKBOOK_RELATIONSHIPS,
} from './workbook-parts.ts';
import { ZipStream } from './zip-stream.ts';
import { UnfitExtract } from './unfit.ts';

/** A sheet has 1,048,576 rows, the first of which is the header. */
export const MAX_XLSX_ROWS = 1_048_575;
/** Of the sheet's XML: no spreadsheet program opens more, and the archive stays below 4 GiB. */
const MAX_XML_BYTES = 2 ** 30;

/** A workbook of one sheet; equal records make equal bytes. */
export function xlsxTable(fields: readonly ExtractField[], output: AnyOutput): TableWriter {
  const zip = new ZipStream(output);
  const cells = fields.map(cellXml);
  const letters = fields.map((_, i) => columnLetters(i + 1));
  zip.part('[Content_Types].xml', CONTENT_TYPES);
  zip.part('_rels/.rels', PACKAGE_RELATIONSHIPS);
  zip.part('xl/workbook.xml', WORKBOOK);
  zip.part('xl/_rels/workbook.xml.rels', WORKBOOK_RELATIONSHIPS);
  zip.part('xl/styles.xml', STYLESHEET);
  zip.begin('xl/worksheets/sheet1.xml');
  zip.text(SHEET.before);
  zip.text(rowXml(1, fields.map(({ column: { name } }, i) => textCell(`${letters[i]}1`, name, name)).join('')));
  let rows = 0;
  return {
    row: (texts) => {
      rows += 1;
      if (rows > MAX_XLSX_ROWS || zip.unpacked > MAX_XML_BYTES)
        throw new UnfitExtract('the extract is too large for a workbook; agree on csv, ndjson or parquet');
      let xml = '';
      for (let i = 0; i < cells.length; i += 1) {
        const text = texts[i];
        if (text !== undefined) xml += cells[i]?.(`${letters[i]}${rows + 1}`, text) ?? '';
      }
      zip.text(rowXml(rows + 1, xml));
    },
    end: () => {
      zip.text(SHEET.after);
      zip.finishPart();
      zip.end();
    },
  };
}

const rowXml = (row: number, cells: string): string => `<row r="${row}">${cells}</row>`;
