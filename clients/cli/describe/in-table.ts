import {
  type explainNoTable,
  findTable,
  type FoundTable,
  inferDefinition,
  type InferOutcome,
  isPlainTable,
  layoutSays,
  leftOutSays,
  withMessyFile,
  writeTableAlone,
} from '../../../functions/records/index.ts';
import type { Words } from '../../../schemas/words/language.ts';
import { Handover } from '../clean/handover.ts';

type Open = Parameters<typeof inferDefinition>[0];
type Options = Omit<NonNullable<Parameters<typeof inferDefinition>[1]>, 'rows'> & { readonly rows: number | undefined };

export interface InTable {
  readonly found: InferOutcome;
  /** What of the file is no part of its table, or not as an upload has it. */
  readonly cleaning: readonly Words[];
  /** The file has to be cleaned before it is sent. */
  readonly isMessy: boolean;
}

/**
 * Infers from the table in a file, without titles, totals and remarks, which are told. A file that is its table, or of which
 * no row looks like a header, is read as it is.
 */
export function inTable(open: Open, options: Options): Promise<InTable | Parameters<typeof explainNoTable>[0]> {
  return withMessyFile<InTable>(open, async (file) => {
    const { sheet } = options;
    const table = await findTable(file, new Map(sheet === undefined ? [] : [['sheet', sheet]]));
    if (table === undefined || 'refused' in table)
      return { found: await inferDefinition(open, options), cleaning: [], isMessy: false };
    if (isPlainTable(table)) return { ...(await asItIs(open, options, table)), isMessy: false };
    const alone = () =>
      Handover.from((to) =>
        writeTableAlone(
          file,
          table,
          (chunk) => to.give(chunk),
          () => to.isWanted,
        ),
      );
    const found = await inferDefinition(alone, { ...options, sheet: undefined });
    const format = file.is === 'workbook' ? 'xlsx' : 'csv';
    const encoding = file.encoding === 'gb18030' ? 'gb18030' : 'utf-8';
    return { found: 'refusal' in found ? found : { ...found, format, encoding }, cleaning: says(table), isMessy: true };
  });
}

/** Of a workbook the sheet that has a table. */
async function asItIs(open: Open, options: Options, { layout }: FoundTable): Promise<Omit<InTable, 'isMessy'>> {
  const { form, otherSheets } = layout;
  if (form.is === 'text') return { found: await inferDefinition(open, options), cleaning: [] };
  return {
    found: await inferDefinition(open, { ...options, sheet: form.sheet }),
    cleaning: otherSheets.length > 0 ? layoutSays(layout) : [],
  };
}

const says = ({ layout, leftOut }: FoundTable): Words[] => [
  ...layoutSays(layout),
  ...[...leftOut].map(([as, places]) => leftOutSays(as, places)),
];
