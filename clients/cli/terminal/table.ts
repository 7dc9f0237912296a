import { bold, type Look } from './look.ts';
import { shortIds } from './short-ids.ts';
import { fit, pad, widthOf } from './text-width.ts';

export interface Column<T> {
  readonly head: string;
  readonly value: (row: T) => string;
  readonly right?: boolean;
  /** May be cut when the terminal is too narrow for the whole. */
  readonly flexible?: boolean;
  /** An id that the hub gave: a terminal shows as much of it as commands need (`id-prefixes.ts`). */
  readonly id?: boolean;
}

const GAP = '  ';
const LEAST = 8;

/**
 * Aligned columns with a head. On a terminal the flexible columns give way to its width; without one nothing is cut,
 * so that what follows in a pipe gets everything.
 */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[], look: Look): string {
  const shortened = columns.map(({ value, id }) => (id && look.tty ? shortIds(rows.map(value)) : rows.map(value)));
  const cells = rows.map((_row, index) => shortened.map((column) => column[index] ?? ''));
  const natural = columns.map(({ head }, index) =>
    Math.max(widthOf(head), ...cells.map((row) => widthOf(row[index] ?? ''))),
  );
  const widths = look.tty ? fitted(natural, columns, look.columns) : natural;
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) => pad(fit(text, widths[index] ?? 0), widths[index] ?? 0, columns[index]?.right))
      .join(GAP)
      .trimEnd();
  return [bold(line(columns.map(({ head }) => head)), look), ...cells.map(line)].join('\n');
}

/** Takes what is too much from the widest flexible column, again and again. */
function fitted<T>(natural: readonly number[], columns: readonly Column<T>[], available: number): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
  while (total() > available) {
    const widest = widths.reduce(
      (best, width, index) => (columns[index]?.flexible && width > (widths[best] ?? LEAST) ? index : best),
      -1,
    );
    if (widest < 0 || (widths[widest] ?? 0) <= LEAST) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** Names and values below one another; entries without a value are left out. */
export function facts(entries: readonly (readonly [string, string | undefined])[], look: Look): string {
  const there = entries.filter(
    (entry): entry is readonly [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  const width = Math.max(...there.map(([name]) => widthOf(name)));
  return there.map(([name, value]) => `${bold(pad(name, width), look)}  ${value}`).join('\n');
}
