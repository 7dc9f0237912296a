import { cellName } from '../formats/cell-name.ts';
import type { Kind } from '../kinds/codes.ts';
import { type AskedKind, DAY_FIRST, isAsked, MONTH_FIRST } from './answers.ts';
import type { FileRow } from './contract.ts';
import type { Plan } from './plan.ts';
import { treat, type TreatedCell } from './treat.ts';

/** Places that are named: more of them are counted. */
const MAX_PLACES = 5;

export class Places {
  count = 0;
  readonly first: string[] = [];

  add(place: string): void {
    this.count += 1;
    if (this.first.length < MAX_PLACES) this.first.push(place);
  }

  addAll({ count, first }: Places): void {
    this.first.push(...first.slice(0, MAX_PLACES - this.first.length));
    this.count += count;
  }
}

/** Which order the dates of a column show. */
export class DateOrder {
  readonly open = new Places();
  readonly dayFirst = new Places();
  readonly monthFirst = new Places();

  /** Undefined where the others of the column say nothing, or contradict each other. */
  get shown(): typeof DAY_FIRST | typeof MONTH_FIRST | undefined {
    if (this.dayFirst.count > 0 === this.monthFirst.count > 0) return undefined;
    return this.dayFirst.count > 0 ? DAY_FIRST : MONTH_FIRST;
  }
}

const ORDERS: Readonly<Partial<Record<Kind, 'open' | 'dayFirst' | 'monthFirst'>>> = {
  'DD/MM/YYYY': 'dayFirst',
  'DD-MM-YYYY': 'dayFirst',
  'MM/DD/YYYY': 'monthFirst',
  'MM-DD-YYYY': 'monthFirst',
  'DD/MM/YYYY or MM/DD/YYYY': 'open',
  'DD-MM-YYYY or MM-DD-YYYY': 'open',
};

/** What all rows of a file say together, in memory that does not grow with them. */
export class Evidence {
  records = 0;
  /** Its row. */
  lastRecord = 0;
  readonly orders = new Map<string, DateOrder>();
  readonly asked = new Map<string, { readonly kind: AskedKind; readonly field: string; readonly places: Places }>();
  readonly totals = new Places();
  readonly uncomputed = new Places();
  /** Rows of a single cell, which are headings if a record follows. */
  readonly headings = new Places();
  /** Columns, from 1, that have values though they are no field. */
  readonly used = new Set<number>();
  private readonly plan: Plan;
  /** Headings behind the last record so far: remarks, if none follows. */
  private pending = new Places();

  /** @param plan nothing is decided in it that is not certain; every row of a single cell stands before its last record */
  constructor(plan: Plan) {
    this.plan = plan;
  }

  add(row: FileRow): void {
    for (const column of row.uncomputed ?? []) this.uncomputed.add(cellName(column, row.row));
    const treated = treat(row, this.plan);
    if (treated.is === 'undecided') this.undecided(treated.looks, row.row);
    if (treated.is !== 'record') return;
    this.notice(row);
    this.records += 1;
    this.lastRecord = row.row;
    this.headings.addAll(this.pending);
    this.pending = new Places();
    for (const cell of treated.cells) this.cell(cell, row.row);
  }

  private undecided(looks: 'totals' | 'headings', row: number): void {
    (looks === 'totals' ? this.totals : this.pending).add(String(row));
  }

  private notice({ cells }: FileRow): void {
    for (let i = 0; i < cells.length; i += 1) if (cells[i] !== '') this.used.add(i + 1);
  }

  private cell({ column: { field, column }, mended }: TreatedCell, row: number): void {
    const kind = mended?.kind;
    if (kind === undefined) return;
    const order = ORDERS[kind];
    if (order !== undefined) entry(this.orders, field, () => new DateOrder())[order].add(cellName(column, row));
    if (mended?.asks === undefined || !isAsked(kind)) return;
    entry(this.asked, `${kind}.${field}`, () => ({ kind, field, places: new Places() })).places.add(
      cellName(column, row),
    );
  }
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
