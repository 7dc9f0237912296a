import type { ScratchFile } from '../../scratch/scratch-file.ts';
import { RefusedFile } from '../refused-file.ts';
import { CellTexts } from './cell-texts.ts';
import { readSharedStrings, SharedStrings } from './shared-strings.ts';
import { SheetRows } from './sheet-rows.ts';
import { SPREADSHEET } from './vocabulary.ts';
import { readStyles, readWorkbook, type Sheet, type Workbook } from './workbook.ts';
import { XmlReader } from './xml-reader.ts';
import { Zip } from './zip.ts';

/** A sheet of a workbook, about to be read row by row. */
export interface OpenSheet {
  readonly xml: XmlReader;
  readonly rows: SheetRows;
  readonly texts: CellTexts;
  close(): Promise<void>;
}

/**
 * @param name the first sheet that is shown if left out; of a workbook that shows none, the first
 * @throws RefusedFile if there is none, or the workbook cannot be read.
 */
export async function openSheet(file: ScratchFile, name: string | undefined): Promise<OpenSheet> {
  const zip = await Zip.open(file);
  const workbook = await readWorkbook(zip);
  const chosen = chosenSheet(workbook.sheets, name);
  const strings = await sharedStringsOf(zip, workbook);
  try {
    const texts = new CellTexts(await readStyles(zip, workbook.styles), workbook.from1904);
    const xml = new XmlReader(zip.read(chosen.part), SPREADSHEET);
    const close = async (): Promise<void> => {
      strings.close();
      await xml.close();
    };
    return { xml, rows: new SheetRows(xml, strings), texts, close };
  } catch (error) {
    strings.close();
    throw error;
  }
}

const MAX_NAMED = 20;

function chosenSheet(sheets: readonly Sheet[], name: string | undefined): Sheet {
  const found =
    name === undefined
      ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
      : sheets.find((sheet) => sheet.name === name);
  if (found) return found;
  const names = sheets.slice(0, MAX_NAMED).map((sheet) => JSON.stringify(sheet.name.slice(0, 31)));
  throw new RefusedFile(
    'no-such-sheet',
    names.length === 0
      ? 'the workbook has no sheet with cells'
      : `the workbook has no sheet ${JSON.stringify(name)}; its sheets are ${names.join(', ')}${sheets.length > MAX_NAMED ? ', …' : ''}`,
  );
}

async function sharedStringsOf(zip: Zip, { sharedStrings }: Workbook): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (sharedStrings === undefined || !zip.has(sharedStrings)) return strings;
  const xml = new XmlReader(zip.read(sharedStrings), SPREADSHEET);
  try {
    await readSharedStrings(xml, strings);
  } catch (error) {
    strings.close();
    throw error;
  } finally {
    await xml.close();
  }
  return strings;
}
