import type { CellChange, FileRow, LeftOutAs, Mending } from './contract.ts';
import { looksLike, type LooksLike } from './layout/left-out.ts';
import { mendCell, type Mended } from './mend/mend.ts';
import type { Plan, PlannedColumn } from './plan.ts';

/** A cell that was looked at: as it stands, and what there is to say of it. */
export interface TreatedCell {
  readonly column: PlannedColumn;
  readonly text: string;
  /** Undefined where it is right. */
  readonly mended?: Mended | undefined;
  /** It has the value of a merged cell. */
  readonly isMerged: boolean;
}

/** What a row is, by a plan. */
export type Treated =
  | { readonly is: 'record'; readonly cells: readonly TreatedCell[]; readonly fault?: RowFault | undefined }
  | { readonly is: 'left-out'; readonly as: LeftOutAs }
  /** Nothing in it is wrong, and yet it looks like no record: nobody has said what it is. */
  | { readonly is: 'undecided'; readonly looks: 'totals' | 'headings' };

export type RowFault = 'quote' | 'size' | 'encoding' | 'columns';

/** Looks at every cell of a row. Pure: the same row and plan come to the same. */
export function treat(row: FileRow, plan: Plan): Treated {
  const { cells } = row;
  const fault = faultOf(row, plan);
  const looks = row.fault === undefined ? looksLike(cells, plan.names) : undefined;
  if (looks === 'blank' || looks === 'header-again') return { is: 'left-out', as: looks };
  const treated = plan.columns.map((column) => treatedCell(row, column));
  const isWrong = fault !== undefined || treated.some(isLeftWrong);
  return (looks && withoutRecord(looks, isWrong, row.row, plan)) ?? { is: 'record', cells: treated, fault };
}

/** Quotes out of place are mended by reading on, if as many cells come out as there are columns. */
function faultOf({ cells, fault }: FileRow, plan: Plan): RowFault | undefined {
  if (fault !== undefined && fault !== 'quote') return fault;
  return hasOtherWidth(cells, plan) ? 'columns' : fault;
}

/** Cells beyond the header, or none where a field is. */
const hasOtherWidth = (cells: readonly string[], { names, columns }: Plan): boolean =>
  cells.length < (columns.at(-1)?.column ?? 0) || cells.slice(names.length).some((cell) => cell !== '');

function treatedCell({ cells, merged }: FileRow, column: PlannedColumn): TreatedCell {
  const text = cells[column.column - 1] ?? column.ready.forms.missing;
  const mended = mendCell(text, column.ready, column.settings);
  return { column, text, mended, isMerged: merged?.includes(column.column) ?? false };
}

/** What stays wrong, unless its owner allows a change. */
const isLeftWrong = ({ mended }: TreatedCell): boolean => mended !== undefined && mended.to === undefined;

/** Undefined: it is a record after all. */
function withoutRecord(looks: LooksLike, isWrong: boolean, row: number, plan: Plan): Treated | undefined {
  if (looks === 'heading') return heading(isWrong, row, plan);
  if (looks !== 'total' && looks !== 'remark') return undefined;
  if (isWrong) return { is: 'left-out', as: looks };
  if (plan.totals === undefined) return { is: 'undecided', looks: 'totals' };
  return plan.totals === 'keep' ? undefined : { is: 'left-out', as: looks };
}

/** A single cell: a heading of a part of the table, or a record that lost its values. Below the table it is a remark. */
function heading(isWrong: boolean, row: number, { headings, lastRecord }: Plan): Treated | undefined {
  if (!isWrong) return undefined;
  if (row > lastRecord) return { is: 'left-out', as: 'remark' };
  if (headings === undefined) return { is: 'undecided', looks: 'headings' };
  return headings === 'keep' ? undefined : { is: 'left-out', as: 'heading' };
}

/** The text that a cell gets; the one that it has where nothing is to be changed. */
export function textOf(cell: TreatedCell): string {
  const { mended, column } = cell;
  if (mended?.to === undefined) return cell.text;
  return mended.asks === undefined || column.allowed.get(mended.asks) === true ? mended.to : cell.text;
}

/** Whether a cell is changed, and how. */
export function changeOf(cell: TreatedCell, row: number): CellChange | undefined {
  const to = textOf(cell);
  const mending: Mending | undefined =
    to === cell.text ? (cell.isMerged ? 'merged-cell' : undefined) : cell.mended?.kind;
  if (mending === undefined) return undefined;
  const { column, field, isMasked } = cell.column;
  return { row, column, field, mending, ...(!isMasked && { from: cell.isMerged ? '' : cell.text, to }) };
}
