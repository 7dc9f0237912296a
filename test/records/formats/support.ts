import { crc32, deflateRawSync } from 'node:zlib';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { CheckOptions } from '../../../functions/records/check/contract.ts';
import { checkWith } from '../../../functions/records/files/check-records.ts';
import { Collected, inChunks, type Outcome } from '../support.ts';

export type FileSettings = Partial<CheckOptions> & { readonly input?: AsyncIterable<Uint8Array> };

/** Checks a file of any format; the report is without its header. */
export async function checkFile(
  schema: TableSchema,
  content: string | Uint8Array,
  { input = inChunks(Buffer.from(content)), ...options }: FileSettings = {},
): Promise<Outcome> {
  const accepted = new Collected();
  const report = new Collected();
  const fixFile = new Collected();
  const result = await checkWith(
    input,
    { schema, format: 'auto', encoding: 'utf-8', ...options },
    { accepted, report, fixes: fixFile },
    true,
  );
  return { result, accepted: accepted.text, report: report.text.split('\n').slice(1, -1), fixFile: fixFile.text };
}

/** The refusal's code and detail; `checked` where there is none. */
export async function refusalOf(
  schema: TableSchema,
  content: string | Uint8Array,
  settings: FileSettings = {},
): Promise<string> {
  const { result } = await checkFile(schema, content, settings);
  return result.verdict === 'refused' ? `${result.refusal.code}: ${result.refusal.detail}` : 'checked';
}

export interface ZipPart {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the directory says of it, where that is not the truth. */
  readonly declared?: { readonly unpacked?: number; readonly packed?: number; readonly checksum?: number };
  readonly method?: number;
  readonly flags?: number;
}

/** A ZIP archive, made without the code that is tested, and as wrong as it is wanted. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declared = {}, method = 8, flags = 0 } of parts) {
    const bytes = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(flags, 2);
    about.writeUInt16LE(method, 4);
    about.writeUInt32LE(declared.checksum ?? crc32(bytes), 10);
    about.writeUInt32LE(declared.packed ?? packed.length, 14);
    about.writeUInt32LE(declared.unpacked ?? bytes.length, 18);
    about.writeUInt16LE(Buffer.byteLength(name), 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), about, Buffer.from(name), packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, entry, Buffer.from(name)]));
    bodies.push(body);
    offset += body.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';

export interface WorkbookSettings {
  /** Items of the shared strings, such as `<si><t>a</t></si>`. */
  readonly strings?: string;
  /** Number formats of the styles, in order. */
  readonly formats?: readonly (number | string)[];
  readonly from1904?: boolean;
  readonly sheetNames?: readonly string[];
}

/** A workbook as spreadsheet programs make it, with the rows of its (every) sheet given as XML. */
export function workbookOf(rows: string, settings: WorkbookSettings = {}): Buffer {
  return zipOf(workbookParts(rows, settings));
}

export function workbookParts(
  rows: string,
  { strings, formats = [], from1904 = false, sheetNames = ['Sheet1'] }: WorkbookSettings = {},
): ZipPart[] {
  const rel = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const custom = formats.map((format, i) =>
    typeof format === 'string' ? `<numFmt numFmtId="${200 + i}" formatCode="${format}"/>` : '',
  );
  const cellFormats = formats.map((format, i) => `<xf numFmtId="${typeof format === 'string' ? 200 + i : format}"/>`);
  return [
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${RELS}">${rel('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content:
        `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">` +
        `<workbookPr date1904="${from1904 ? 1 : 0}"/><sheets>${sheetNames
          .map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
          .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${RELS}">${sheetNames
        .map((_, i) => rel(`rId${i + 1}`, 'worksheet', 'worksheets/sheet1.xml'))
        .join(
          '',
        )}${rel('rId901', 'styles', '/xl/styles.xml')}${rel('rId902', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet xmlns="${MAIN}"><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${cellFormats.join('')}</cellXfs></styleSheet>`,
    },
    ...(strings === undefined
      ? []
      : [{ name: 'xl/sharedStrings.xml', content: `<sst xmlns="${MAIN}">${strings}</sst>` }]),
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    },
  ];
}

/** A row of inline strings. */
export const textRow = (row: number, ...texts: string[]): string =>
  `<row r="${row}">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
