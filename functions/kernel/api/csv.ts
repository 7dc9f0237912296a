import * as z from 'zod';
import { visible } from '../../../schemas/contracts/characters.ts';

/** A spreadsheet takes a file that begins with it for UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * A list as RFC 4180 CSV for spreadsheets: a row of names, then one row for each item. Members of objects are columns of
 * their own, `terms.purpose`; members of lists are joined by `; `. The columns are those of the list's schema, in its order,
 * whatever the items have, and behind them what only the items know of.
 */
export function csvOf(items: readonly unknown[], list: z.ZodType): string {
  const rows = items.map((item) => cellsOf(item));
  const columns = [...new Set([...columnsOf(list), ...rows.flatMap((row) => [...row.keys()])])];
  const lines = [columns.map(textCell), ...rows.map((row) => columns.map((column) => row.get(column) ?? ''))];
  return BYTE_ORDER_MARK + lines.map((line) => `${line.join(',')}\r\n`).join('');
}

interface Shape {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

function columnsOf(list: z.ZodType): string[] {
  const { properties } = z.toJSONSchema(list, { unrepresentable: 'any', io: 'output' }) as Shape;
  return leavesOf(properties?.['items']?.items ?? {}, []);
}

/** The members of a map, and of items that have one shape or another, are the items' to know. */
function leavesOf({ type, properties }: Shape, path: readonly string[]): string[] {
  if (properties) return Object.entries(properties).flatMap(([name, property]) => leavesOf(property, [...path, name]));
  return type === 'object' || path.length === 0 ? [] : [path.join('.')];
}

/** The cells of an item by column. */
function cellsOf(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (isObject(value))
    return new Map(Object.entries(value).flatMap(([name, member]) => [...cellsOf(member, [...path, name])]));
  return value === undefined ? new Map<string, string>() : new Map([[path.join('.'), cellOf(value)]]);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function cellOf(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return textCell(value.map(wordOf).join('; '));
  return textCell(wordOf(value));
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * What a spreadsheet would take for a formula gets an apostrophe before it, full-width signs as well, which some take for
 * the others (https://owasp.org/www-community/attacks/CSV_Injection). What acts on a terminal, or hides, is shown as an escape.
 */
function textCell(stored: string): string {
  const text = visible(stored);
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
