import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { cellOf, lineOf } from '../csv/quoting.ts';
import { cellName } from '../formats/cell-name.ts';
import { Gather } from '../formats/gather.ts';
import type { CellChange, FileRow, LeftOutAs, Mending } from './contract.ts';
import { type Diagnosis, rowOptions } from './diagnose.ts';
import { Places } from './evidence.ts';
import type { Plan } from './plan.ts';
import type { MessyFile } from './read/messy-file.ts';
import { changeOf, textOf, treat, type TreatedCell } from './treat.ts';

/** Cells of a field that were changed, or stay wrong, in the same way. */
export interface Counted<By> {
  readonly field: string;
  readonly by: By;
  readonly places: Places;
}

/** What was changed in a file, and what stays wrong. */
export class Applied {
  records = 0;
  readonly changes: Counted<Mending>[] = [];
  /** The first changes, cell by cell. */
  readonly first: CellChange[] = [];
  readonly leftOut = new Map<LeftOutAs, Places>();
  /** Records whose quotes were out of place. */
  readonly requoted = new Places();
  /** What the hub will reject: by field and rule, or kind of fault; by row where the whole is broken. */
  readonly wrong: Counted<{ readonly rule: string; readonly kind?: string | undefined }>[] = [];
  readonly brokenRows = new Places();
  private readonly most: number;
  private readonly index = new Map<string, Places>();

  /** @param most how many changes to keep cell by cell */
  constructor(most: number) {
    this.most = most;
  }

  change(change: CellChange): void {
    const { field, mending, column, row } = change;
    this.count(`${field}\n${mending}`, (places) => this.changes.push({ field, by: mending, places })).add(
      cellName(column, row),
    );
    if (this.first.length < this.most) this.first.push(change);
  }

  leave(as: LeftOutAs, row: number): void {
    const places = this.leftOut.get(as) ?? new Places();
    this.leftOut.set(as, places);
    places.add(String(row));
  }

  stays({ column: { field, column }, mended }: TreatedCell, row: number): void {
    if (!mended) return;
    const { rule, kind } = mended;
    this.count(`${field}\n${rule}\n${kind ?? ''}`, (places) =>
      this.wrong.push({ field, by: { rule, kind }, places }),
    ).add(cellName(column, row));
  }

  /** As many entries as the fields have kinds. */
  private count(key: string, first: (places: Places) => void): Places {
    const known = this.index.get(key);
    if (known) return known;
    const places = new Places();
    this.index.set(key, places);
    first(places);
    return places;
  }
}

export interface ApplyOptions {
  readonly schema: TableSchema;
  /** How many changes to keep cell by cell. */
  readonly changes: number;
}

/**
 * The file as the hub takes it: CSV in UTF-8, a column for each field that the file has, in their order. Cells that are right
 * stand as they stood, byte for byte. Yields pieces of it; `applied` is whole when there are no more.
 */
export async function applyPlan(
  file: MessyFile,
  { layout, plan }: Diagnosis,
  { schema, changes }: ApplyOptions,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<Applied> {
  const applied = new Applied(changes);
  const output = new Gather();
  output.text(lineOf(plan.columns.map(({ field }) => field)));
  const { last } = layout.header;
  await file.eachRow(
    layout.form,
    (row) => {
      if (row.row > last) applyTo(row, plan, applied, output);
    },
    { ...rowOptions(schema, layout, plan.matches), pause: () => (output.full ? write(output.take()) : undefined) },
  );
  await write(output.take());
  return applied;
}

function applyTo(row: FileRow, plan: Plan, applied: Applied, output: Gather): void {
  const treated = treat(row, plan);
  if (treated.is === 'undecided') throw new Error(`row ${row.row} was not decided on`);
  if (treated.is === 'left-out') {
    // Blank lines behind the last record are none of a file's.
    if (treated.as !== 'blank' || row.row < plan.lastRecord) applied.leave(treated.as, row.row);
    return;
  }
  const { cells, fault } = treated;
  applied.records += 1;
  if (fault !== undefined && !(fault === 'quote' && cells.every(({ mended }) => mended === undefined))) {
    applied.brokenRows.add(String(row.row));
    output.text(brokenRecord(row, plan));
    return;
  }
  if (fault !== undefined) applied.requoted.add(String(row.row));
  output.text(`${cells.map((cell) => applyToCell(cell, row, applied)).join(',')}\n`);
}

function applyToCell(cell: TreatedCell, row: FileRow, applied: Applied): string {
  const text = textOf(cell);
  const change = changeOf(cell, row.row);
  if (change) applied.change(change);
  else if (cell.mended) applied.stays(cell, row.row);
  return text === cell.text && !cell.isMerged ? row.written(cell.column.column - 1) : cellOf(text);
}

/** What is broken stays so: with one cell too few or too many the hub rejects it and says so, whatever the cells are. */
function brokenRecord({ cells }: FileRow, { columns, names }: Plan): string {
  const own = columns.filter(({ column }) => column <= cells.length).map(({ column }) => cells[column - 1] ?? '');
  if (own.length > 0 && own.length < columns.length) return lineOf(own);
  const surplus = cells.slice(names.length).filter((cell) => cell !== '');
  const least = Array.from({ length: columns.length - own.length + 1 }, () => '');
  return lineOf([...own, ...(surplus.length > 0 ? surplus : least)]);
}

/** Whether its records are right as they are, whatever they are written in. */
export const changesNothing = ({ layout: { header }, plan }: Diagnosis, applied: Applied): boolean =>
  header.first === 1 &&
  header.last === 1 &&
  plan.matches.every(({ name, field }) => name === field) &&
  applied.changes.length + applied.leftOut.size + applied.requoted.count === 0;

/** Whether the file is one that the hub takes as it is: then it stays, byte for byte. */
export const isUnchanged = (diagnosis: Diagnosis, applied: Applied): boolean => {
  const { form } = diagnosis.layout;
  return (
    form.is === 'text' &&
    form.encoding === 'utf-8' &&
    form.delimiter === ',' &&
    form.lineEnds === 'lf' &&
    changesNothing(diagnosis, applied)
  );
};
