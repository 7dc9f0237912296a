import { cellOf } from '../../csv/quoting.ts';
import { columnNumber } from '../../formats/cell-name.ts';
import { Foreign, type Forms } from '../../formats/forms.ts';
import { NEEDS_INPUT, NO_MORE } from '../../formats/xlsx/sheet-rows.ts';
import { type OpenSheet, openSheet } from '../../formats/xlsx/open-sheet.ts';
import type { ScratchFile } from '../../scratch/scratch-file.ts';
import type { Pause, TakeRow } from './csv-rows.ts';

/** Cells of one column that are merged: rows from 1. */
export interface MergedCells {
  readonly column: number;
  readonly first: number;
  readonly last: number;
}

export interface SheetOptions {
  readonly sheet: string;
  /** How values stand as text, by column from 0. */
  readonly forms: (i: number) => Forms;
  /** So many cells a row has at the least. */
  readonly width: number;
  readonly merged: readonly MergedCells[];
  readonly pause?: Pause | undefined;
}

/** The rows of a sheet that have something in them, read as an upload is. */
export async function eachSheetRow(file: ScratchFile, options: SheetOptions, take: TakeRow): Promise<void> {
  const opened = await openSheet(file, options.sheet);
  const merged = new MergedValues(options.merged);
  try {
    while (await nextRow(opened)) {
      if (take(rowOf(opened, options, merged)) === false) return;
      await options.pause?.();
    }
  } finally {
    await opened.close();
  }
}

async function nextRow({ rows, xml }: OpenSheet): Promise<boolean> {
  for (;;) {
    const state = rows.next();
    if (state === NO_MORE) return false;
    if (state !== NEEDS_INPUT) return true;
    await xml.fill();
  }
}

function rowOf(
  { rows, texts }: OpenSheet,
  { forms, width }: SheetOptions,
  merged: MergedValues,
): ReturnType<typeof withCells> {
  const cells: string[] = [];
  const missing = (): string => (cells.length < width ? forms(cells.length).missing : '');
  const filled = new Set(rows.cells.map(({ column }) => column));
  for (const cell of rows.cells) {
    while (cells.length < cell.column - 1) cells.push(missing());
    const text = texts.text(cell, forms(cell.column - 1));
    cells.push(text instanceof Foreign ? text.text : text);
  }
  while (cells.length < width) cells.push(missing());
  const written = merged.fill(rows.row, cells, filled);
  return withCells(rows.row, cells, {
    fault: rows.oversize ? 'size' : undefined,
    uncomputed: rows.uncomputed,
    merged: written,
  });
}

const withCells = (
  row: number,
  cells: readonly string[],
  about: { fault: 'size' | undefined; uncomputed: readonly number[]; merged: readonly number[] },
) => ({ row, cells, ...about, written: (i: number) => cellOf(cells[i] ?? '') });

/** What stands in the first of merged cells is meant for all of them. */
class MergedValues {
  private readonly byRow = new Map<number, MergedCells[]>();
  private readonly open = new Map<number, { readonly text: string; readonly last: number }>();

  constructor(merged: readonly MergedCells[]) {
    for (const range of merged) this.byRow.set(range.first, [...(this.byRow.get(range.first) ?? []), range]);
  }

  /** @returns the columns, from 1, that got a value */
  fill(row: number, cells: string[], filled: ReadonlySet<number>): number[] {
    const written: number[] = [];
    for (const [column, { text, last }] of this.open) {
      if (row > last) this.open.delete(column);
      else if (!filled.has(column) && column <= cells.length) {
        cells[column - 1] = text;
        written.push(column);
      }
    }
    for (const { column, last } of this.byRow.get(row) ?? [])
      if (filled.has(column)) this.open.set(column, { text: cells[column - 1] ?? '', last });
    return written;
  }
}

const RANGE = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/;

/** Cells that are merged downwards in one column, which is how people write a value once for several rows. */
export async function mergedCellsIn(file: ScratchFile, sheet: string): Promise<MergedCells[]> {
  const opened = await openSheet(file, sheet);
  try {
    while (await nextRow(opened));
    return opened.rows.merged.flatMap((range) => {
      const [, from = '', first, to, last] = RANGE.exec(range) ?? [];
      return from !== to || first === last
        ? []
        : [{ column: columnNumber(from), first: Number(first), last: Number(last) }];
    });
  } finally {
    await opened.close();
  }
}
