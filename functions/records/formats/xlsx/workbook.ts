import { RefusedFile } from '../refused-file.ts';
import { builtInShown, formatShown, type SerialShown } from './number-format.ts';
import { isOfType, PACKAGE, RELATIONSHIP_IDS, SPREADSHEET } from './vocabulary.ts';
import { END, OPEN, XmlReader } from './xml-reader.ts';
import type { Zip } from './zip.ts';

export interface Sheet {
  readonly name: string;
  readonly part: string;
  /** A spreadsheet does not show it. */
  readonly hidden: boolean;
}

/** Where the parts of a workbook are that its records need. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
  /** Its dates count from 1904. */
  readonly from1904: boolean;
}

interface Relationship {
  readonly type: string;
  readonly part: string;
}

const MAX_SHEETS = 10_000;
const MAX_STYLES = 100_000;

/** Follows the relationships from the package to the sheets (ECMA-376, part 2): names of parts are no rule. */
export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const main = await mainPart(zip);
  const relationships = await relationshipsOf(zip, main);
  const partOf = (name: string): string | undefined =>
    [...relationships.values()].find(({ type }) => isOfType(type, name))?.part;
  const sheets: Sheet[] = [];
  let from1904 = false;
  await eachElement(zip, main, SPREADSHEET, (xml) => {
    if (xml.isAt('workbook', 'workbookPr')) from1904 = ['1', 'true', 'on'].includes(xml.attribute('date1904') ?? '');
    if (!xml.isAt('workbook', 'sheets', 'sheet')) return;
    const relationship = relationships.get(xml.attributeOf(RELATIONSHIP_IDS, 'id') ?? '');
    if (!relationship || !isOfType(relationship.type, 'worksheet')) return;
    const hidden = (xml.attribute('state') ?? 'visible') !== 'visible';
    sheets.push({ name: xml.attribute('name') ?? '', part: relationship.part, hidden });
    if (sheets.length > MAX_SHEETS)
      throw new RefusedFile('too-large', `the workbook has more than ${MAX_SHEETS} sheets`);
  });
  return { sheets, from1904, sharedStrings: partOf('sharedStrings'), styles: partOf('styles') };
}

/** A ZIP archive without a workbook in it is of another format. */
async function mainPart(zip: Zip): Promise<string> {
  const relationships = zip.has('_rels/.rels') ? [...(await relationshipsOf(zip, '')).values()] : [];
  const main = relationships.find(({ type }) => isOfType(type, 'officeDocument'))?.part ?? 'xl/workbook.xml';
  if (!zip.has(main) || !main.endsWith('.xml'))
    throw new RefusedFile(
      'unknown-format',
      'the file is a ZIP archive without an XLSX workbook in it; send the workbook itself',
    );
  return main;
}

async function relationshipsOf(zip: Zip, part: string): Promise<ReadonlyMap<string, Relationship>> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const rels = `${folder}_rels/${part.slice(folder.length)}.rels`;
  const found = new Map<string, Relationship>();
  if (!zip.has(rels)) return found;
  await eachElement(zip, rels, PACKAGE, (xml) => {
    if (!xml.isAt('Relationships', 'Relationship') || xml.attribute('TargetMode') === 'External') return;
    const target = xml.attribute('Target') ?? '';
    if (found.size > MAX_SHEETS) throw new RefusedFile('too-large', 'the workbook has too many parts');
    found.set(xml.attribute('Id') ?? '', {
      type: xml.attribute('Type') ?? '',
      part: resolved(folder, target),
    });
  });
  return found;
}

function resolved(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of (/^[/\\]/.test(target) ? target : `${folder}${target}`).split(/[/\\]/)) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** What cells of each style show: undefined for numbers and text. By the number that cells name. */
export async function readStyles(zip: Zip, part: string | undefined): Promise<readonly (SerialShown | undefined)[]> {
  const formats = new Map<number, SerialShown | undefined>();
  const styles: (SerialShown | undefined)[] = [];
  if (part === undefined || !zip.has(part)) return styles;
  await eachElement(zip, part, SPREADSHEET, (xml) => {
    if (xml.isAt('styleSheet', 'numFmts', 'numFmt'))
      formats.set(Number(xml.attribute('numFmtId')), formatShown(xml.attribute('formatCode') ?? ''));
    else if (xml.isAt('styleSheet', 'cellXfs', 'xf')) {
      const id = Number(xml.attribute('numFmtId') ?? 0);
      styles.push(formats.has(id) ? formats.get(id) : builtInShown(id));
    }
    if (styles.length + formats.size > MAX_STYLES)
      throw new RefusedFile('too-large', 'the workbook has too many styles');
  });
  return styles;
}

async function eachElement(
  zip: Zip,
  part: string,
  vocabulary: ReadonlySet<string>,
  opened: (xml: XmlReader) => void,
): Promise<void> {
  const xml = new XmlReader(zip.read(part), vocabulary);
  try {
    for (let token = await xml.read(); token !== END; token = await xml.read()) if (token === OPEN) opened(xml);
  } finally {
    await xml.close();
  }
}
