import { unfitFor, visible } from '../../../schemas/contracts/characters.ts';
import { COLOURS } from './look.ts';

/**
 * Titles, reasons, names and values come from other departments and from files, and a terminal obeys some of what they
 * may hold. Whatever `hub` prints goes through here, by one of three ways.
 */

/**
 * Data for a screen: every text of it in one line, with escapes for what acts on a terminal or hides. Where a paragraph
 * has a line end stands ↵, so that no text can begin a line that looks like the tool's own.
 */
export function shown<T>(data: T): T;
export function shown(data: unknown): unknown {
  if (typeof data === 'string') return oneLine(data);
  if (Array.isArray(data)) return data.map((item: unknown) => shown(item));
  if (typeof data !== 'object' || data === null || !isPlain(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([name, member]) => [oneLine(name), shown<unknown>(member)]));
}

/** What has members of its own making is no data. */
const isPlain = (data: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(data) as object);

const oneLine = (text: string): string =>
  unfitFor('line').test(text) ? visible(text.replaceAll('\n', '↵').replaceAll('\t', ' '), 'line') : text;

/** Data for programs: the same data for whoever parses it, in characters that harm nobody who looks at it. */
export const jsonText = (data: unknown, indent?: number): string => visible(JSON.stringify(data, undefined, indent));

/** A finished text: its lines and, where they are wanted, the colours of this tool stay. */
export function printable(text: string, color: boolean): string {
  if (!color) return visible(text);
  const colours = [...(text.match(COLOURS) ?? []), ''];
  return text
    .split(COLOURS)
    .map((part, index) => visible(part) + (colours[index] ?? ''))
    .join('');
}
