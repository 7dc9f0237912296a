import type { Reopen } from '../../encoding/encoding-of.ts';
import { type Forms, OWN_FORMS } from '../../formats/forms.ts';
import { RefusedFile } from '../../formats/refused-file.ts';
import { MAX_MERGED } from '../../formats/xlsx/sheet-rows.ts';
import { readWorkbook } from '../../formats/xlsx/workbook.ts';
import { Zip } from '../../formats/xlsx/zip.ts';
import { ScratchFile } from '../../scratch/scratch-file.ts';
import type { FileRow } from '../contract.ts';
import type { Delimiter } from '../layout/delimiter.ts';
import { asRefused, type Refused } from '../refused.ts';
import { eachCsvRow, type Pause, type TakeRow } from './csv-rows.ts';
import { eachSheetRow, type MergedCells, mergedCellsIn } from './sheet.ts';
import {
  cutAt,
  inUtf8,
  type LineEnds,
  lineEndsOf,
  type TextEncoding,
  withLineFeeds,
  textEncodingOf,
  withNarrowDelimiter,
} from './text-form.ts';
import { whatFile } from './what-file.ts';

/** How the rows of a file are read. */
export type FileForm =
  | { readonly is: 'text'; readonly encoding: TextEncoding; readonly delimiter: Delimiter; readonly lineEnds: LineEnds }
  | { readonly is: 'workbook'; readonly sheet: string };

export interface RowOptions {
  /** How values of a workbook stand as text, by column from 0; each in its own form if left out. */
  readonly forms?: ((i: number) => Forms) | undefined;
  readonly width?: number | undefined;
  /** From this row on the value of merged cells stands in each of them. */
  readonly mergedFrom?: number | undefined;
  /** The row of the header, which says how wide the others are. */
  readonly headerRow?: number | undefined;
  readonly pause?: Pause | undefined;
}

/** A file that somebody calls a table, read row by row as often as it takes; a workbook lies on the local disk meanwhile. */
export class MessyFile {
  readonly is: 'text' | 'workbook';
  /** Of text. */
  readonly encoding: TextEncoding;
  readonly lineEnds: LineEnds;
  /** Of a workbook: the sheets that it shows, or all if it shows none. */
  readonly sheets: readonly string[];
  readonly open: Reopen;
  private readonly scratch: ScratchFile | undefined;
  private readonly merged = new Map<string, MergedCells[]>();

  private constructor(
    parts: Pick<MessyFile, 'is' | 'encoding' | 'lineEnds' | 'sheets' | 'open'>,
    scratch: ScratchFile | undefined,
  ) {
    this.is = parts.is;
    this.encoding = parts.encoding;
    this.lineEnds = parts.lineEnds;
    this.sheets = parts.sheets;
    this.open = parts.open;
    this.scratch = scratch;
  }

  static async read(open: Reopen): Promise<MessyFile | Refused> {
    const kind = await whatFile(open);
    if ('refused' in kind) return kind;
    if (kind.is === 'workbook')
      return workbookOf(
        open,
        (scratch, sheets) =>
          new MessyFile({ is: 'workbook', encoding: 'utf-8', lineEnds: 'lf', sheets, open }, scratch),
      );
    return new MessyFile(
      {
        is: 'text',
        encoding: await textEncodingOf(open, kind.head),
        lineEnds: await lineEndsOf(open, kind.head),
        sheets: [],
        open,
      },
      undefined,
    );
  }

  /** Hands over row by row until there is none, or the answer is false. @throws RefusedFile if it cannot be read on. */
  async eachRow(form: FileForm, take: TakeRow, options: RowOptions = {}): Promise<void> {
    if (form.is === 'text') {
      const input = withNarrowDelimiter(
        withLineFeeds(inUtf8(this.open(), form.encoding), form.lineEnds),
        form.delimiter,
      );
      return eachCsvRow(input, { ...cutAt(form.delimiter), ...options }, take);
    }
    const { forms = () => OWN_FORMS, width = 0, mergedFrom, pause } = options;
    const merged =
      mergedFrom === undefined ? [] : (await this.mergedIn(form.sheet)).filter(({ first }) => first >= mergedFrom);
    return eachSheetRow(this.workbook, { sheet: form.sheet, forms, width, merged, pause }, take);
  }

  /** The first rows that have something in them. */
  async head(form: FileForm, most: number): Promise<FileRow[]> {
    const rows: FileRow[] = [];
    await this.eachRow(form, (row) => row.cells.every((cell) => cell.trim() === '') || rows.push(row) < most);
    return rows;
  }

  /** Whether so many cells are merged that nobody can say what is meant. */
  async isMergedAllOver(sheet: string): Promise<boolean> {
    return (await this.mergedIn(sheet)).length >= MAX_MERGED;
  }

  close(): void {
    this.scratch?.close();
  }

  private async mergedIn(sheet: string): Promise<MergedCells[]> {
    const known = this.merged.get(sheet);
    if (known) return known;
    const found = await mergedCellsIn(this.workbook, sheet);
    this.merged.set(sheet, found);
    return found;
  }

  private get workbook(): ScratchFile {
    if (!this.scratch) throw new Error('a text has no sheets');
    return this.scratch;
  }
}

async function workbookOf(
  open: Reopen,
  make: (scratch: ScratchFile, sheets: readonly string[]) => MessyFile,
): Promise<MessyFile | Refused> {
  const scratch = new ScratchFile();
  try {
    for await (const chunk of open()) scratch.append(chunk);
    const { sheets } = await readWorkbook(await Zip.open(scratch));
    const shown = sheets.filter(({ hidden }) => !hidden);
    return make(
      scratch,
      (shown.length > 0 ? shown : sheets).map(({ name }) => name),
    );
  } catch (fault) {
    scratch.close();
    if (fault instanceof RefusedFile) return asRefused(fault.refusal);
    throw fault;
  }
}
