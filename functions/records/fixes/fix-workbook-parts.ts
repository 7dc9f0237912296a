import { xmlText } from '../extract/out/sheet-cell.ts';
import { MAIN, PACKAGE, RELATIONS, TYPE, XML } from '../extract/out/workbook-parts.ts';

/** Styles of the cells: all are texts, so that what is typed keeps its zeros. `marked`: it would be read as a formula. */
export const STYLES = { text: 1, wrong: 2, marked: 3, wrongMarked: 4, head: 5 } as const;

const YELLOW = 'FFFFEB9C';

export const FIX_STYLESHEET = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="${YELLOW}"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fillId="2" applyNumberFormat="1" applyFill="1"/><xf numFmtId="49" quotePrefix="1" applyNumberFormat="1"/><xf numFmtId="49" fillId="2" quotePrefix="1" applyNumberFormat="1" applyFill="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`;

export const FIX_CONTENT_TYPES = `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/xl/comments1.xml" ContentType="${TYPE}.comments+xml"/></Types>`;

export const SHEET_RELATIONSHIPS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="rId2" Type="${RELATIONS}/comments" Target="../comments1.xml"/></Relationships>`;

/** The header stays in sight; columns are texts also where nothing is typed yet. */
export const sheetBefore = (columns: number): string =>
  `${XML}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${columns}" width="18" style="${STYLES.text}" customWidth="1"/></cols><sheetData>`;
export const SHEET_AFTER = '</sheetData><legacyDrawing r:id="rId1"/></worksheet>';

/** A comment of a cell. */
export interface CellComment {
  readonly place: string;
  /** From 0. */
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

export const commentsXml = (comments: readonly CellComment[]): string =>
  `${XML}<comments xmlns="${MAIN}"><authors><author>hub</author></authors><commentList>${comments
    .map(
      ({ place, text }) =>
        `<comment ref="${place}" authorId="0"><text><t xml:space="preserve">${xmlText(text)}</t></text></comment>`,
    )
    .join('')}</commentList></comments>`;

/** Where comments are drawn (ECMA-376, part 4, VML): spreadsheets show none without. */
export const drawingXml = (comments: readonly CellComment[]): string =>
  `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${comments
    .map(
      ({ row, column }, i) =>
        `<v:shape id="_x0000_s${1025 + i}" type="#_x0000_t202" style="position:absolute;width:240pt;height:60pt;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`,
    )
    .join('')}</xml>`;
