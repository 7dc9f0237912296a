import { lineOf } from '../csv/quoting.ts';
import { Gather } from '../formats/gather.ts';
import type { Answers, LeftOutAs } from './contract.ts';
import { Places } from './evidence.ts';
import { findLayout } from './find-layout.ts';
import type { Layout } from './layout/layout.ts';
import { looksLike } from './layout/left-out.ts';
import type { MessyFile } from './read/messy-file.ts';
import type { Refused } from './refused.ts';

/** The table in a file of which no definition is known. */
export interface FoundTable {
  readonly layout: Layout;
  /** Rows that look like no record. */
  readonly leftOut: ReadonlyMap<LeftOutAs, Places>;
  /** Columns with a name, from 0. */
  readonly columns: readonly number[];
}

/** Where the table is and what in it is none, by shapes alone; undefined where no row looks like a header. */
export async function findTable(file: MessyFile, answers: Answers): Promise<FoundTable | Refused | undefined> {
  const layout = await findLayout(file, { schema: undefined, answers });
  if (!('form' in layout)) return 'refused' in layout ? layout : undefined;
  const { names, last } = layout.header;
  const leftOut = new Map<LeftOutAs, Places>();
  await file.eachRow(layout.form, ({ row, cells, fault }) => {
    const as = row > last && fault === undefined ? looksLike(cells, names) : undefined;
    if (as === undefined || as === 'blank') return;
    const places = leftOut.get(as) ?? new Places();
    leftOut.set(as, places);
    places.add(String(row));
  });
  return { layout, leftOut, columns: names.flatMap((name, i) => (name === '' ? [] : [i])) };
}

/** Whether it is read as it is by whoever reads uploads, in either encoding. */
export function isPlainTable({ layout: { form, header }, leftOut, columns }: FoundTable): boolean {
  const isRead =
    form.is === 'workbook' || (form.delimiter === ',' && form.lineEnds === 'lf' && !form.encoding.startsWith('utf-16'));
  return (
    isRead && header.first === 1 && header.last === 1 && leftOut.size === 0 && columns.length === header.names.length
  );
}

/** The table alone, as CSV in UTF-8: header, and rows that look like records. @param write false: no more is wanted */
export async function writeTableAlone(
  file: MessyFile,
  { layout: { form, header }, columns }: FoundTable,
  write: (chunk: Uint8Array) => Promise<void>,
  isWanted: () => boolean,
): Promise<void> {
  const output = new Gather();
  output.text(lineOf(columns.map((i) => header.names[i] ?? '')));
  await file.eachRow(
    form,
    (row) => {
      if (row.row > header.last && (row.fault !== undefined || looksLike(row.cells, header.names) === undefined))
        output.text(`${columns.map((i) => row.written(i)).join(',')}\n`);
      return isWanted();
    },
    {
      headerRow: header.last,
      mergedFrom: header.last + 1,
      pause: () => (output.full ? write(output.take()) : undefined),
    },
  );
  await write(output.take());
}
