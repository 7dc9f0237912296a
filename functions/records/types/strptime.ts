import { daysFromCivil, isLeapYear, isRealDate, type Moment, momentOf } from './moment.ts';

/**
 * `%` directives of Python's strptime in the C locale; each may stand once, as in Python. As there, a zone is less than a
 * day from UTC, may have seconds, and is `Z` in upper case; a minute has 60 seconds.
 */
const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: String.raw`\d{4}`,
  y: String.raw`\d{2}`,
  m: '1[0-2]|0[1-9]|[1-9]',
  d: String.raw`3[01]|[12]\d|0[1-9]|[1-9]`,
  H: String.raw`2[0-3]|[01]\d|\d`,
  I: '1[0-2]|0[1-9]|[1-9]',
  M: String.raw`[0-5]\d|\d`,
  S: String.raw`[0-5]\d|\d`,
  f: String.raw`\d{1,6}`,
  p: 'am|pm',
  j: String.raw`36[0-6]|3[0-5]\d|[12]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]`,
  z: String.raw`[+-](?:[01]\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?|[0-5]\d(?:[0-5]\d)?)|Z`,
  Z: 'utc|gmt',
  B: 'january|february|march|april|may|june|july|august|september|october|november|december',
  b: 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec',
  A: 'monday|tuesday|wednesday|thursday|friday|saturday|sunday',
  a: 'mon|tue|wed|thu|fri|sat|sun',
};

/** C's composite directives, written out. */
const COMPOSITES: Readonly<Record<string, string>> = {
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  R: '%H:%M',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
  c: '%a %b %d %H:%M:%S %Y',
  e: '%d',
  h: '%b',
  n: ' ',
  t: ' ',
  k: '%H',
  l: '%I',
  r: '%I:%M:%S %p',
};

const MAX_FORMAT_LENGTH = 100;
/** No date is longer; a bound on the work of one cell. */
const MAX_TEXT_LENGTH = 200;

/** A format in single directives. */
export const spelledOut = (format: string): string =>
  format.replaceAll(/%([DFTRxXcehntklr])/g, (_, name: string) => COMPOSITES[name] ?? '');

export interface Strptime {
  readonly directives: ReadonlySet<string>;
  readonly read: (text: string) => Moment | undefined;
}

/**
 * A reader for a strptime format, or the reason (a sentence) why there is none. `zoned` moves what has a `%z` to UTC;
 * a date or a time alone is that of its own zone.
 */
export function strptime(format: string, zoned = true): Strptime | string {
  if (format.length > MAX_FORMAT_LENGTH) return `a format has at most ${MAX_FORMAT_LENGTH} characters`;
  const names: string[] = [];
  let source = '';
  for (const token of spelledOut(format).match(/%.|%$|\s+|[^%\s]+/gsu) ?? []) {
    const piece = pieceOf(token, names);
    if (typeof piece !== 'string') return piece.problem;
    source += piece;
  }
  const shape = new RegExp(`^${source}$`, 'iu');
  return { directives: new Set(names), read: (text) => readWith(shape, names, text, zoned) };
}

function pieceOf(token: string, names: string[]): string | { problem: string } {
  if (!token.startsWith('%'))
    return /^\s/.test(token) ? String.raw`\s+` : token.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  const name = token.slice(1);
  if (name === '%') return '%';
  const directive = DIRECTIVES[name];
  if (directive === undefined) return { problem: `the directive ${token} is not supported` };
  if (names.includes(name)) return { problem: `the directive ${token} stands twice` };
  names.push(name);
  return `(${directive})`;
}

function readWith(shape: RegExp, names: readonly string[], cell: string, zoned: boolean): Moment | undefined {
  if (cell.length > MAX_TEXT_LENGTH) return undefined;
  const match = shape.exec(cell);
  if (!match) return undefined;
  const texts = names.map((name, index) => [name, match[index + 1] ?? ''] as const);
  // Upper case alone, of all that is read: patterns can say so since Node 23, and `hub` runs on older ones.
  if (texts.some(([name, text]) => name === 'z' && text === 'z')) return undefined;
  const found = new Map(texts.map(([name, text]) => [name, text.toLowerCase()]));
  const days = daysOf(found);
  const offset = zoned ? offsetOf(found.get('z')) : 0;
  return days === undefined ? undefined : momentOf(days, secondOfDay(found), found.get('f') ?? '', offset);
}

/** A part that the format lacks is that of 1900-01-01, as in Python. */
function daysOf(found: ReadonlyMap<string, string>): number | undefined {
  const year = yearOf(found);
  const ordinal = found.get('j');
  if (year < 1) return undefined;
  if (ordinal !== undefined && !found.has('d')) {
    return Number(ordinal) <= (isLeapYear(year) ? 366 : 365)
      ? daysFromCivil(year, 1, 1) + Number(ordinal) - 1
      : undefined;
  }
  const month = monthOf(found);
  const day = Number(found.get('d') ?? 1);
  return isRealDate(year, month, day) ? daysFromCivil(year, month, day) : undefined;
}

/** POSIX: 69-99 are of the 20th century, 00-68 of the 21st. */
function yearOf(found: ReadonlyMap<string, string>): number {
  const short = found.get('y');
  if (short === undefined) return Number(found.get('Y') ?? 1900);
  return Number(short) + (Number(short) < 69 ? 2000 : 1900);
}

function monthOf(found: ReadonlyMap<string, string>): number {
  const name = found.get('B') ?? found.get('b');
  if (name === undefined) return Number(found.get('m') ?? 1);
  return (DIRECTIVES['b'] ?? '').split('|').indexOf(name.slice(0, 3)) + 1;
}

function secondOfDay(found: ReadonlyMap<string, string>): number {
  const twelve = found.get('I');
  const hour =
    twelve === undefined ? Number(found.get('H') ?? 0) : (Number(twelve) % 12) + (found.get('p') === 'pm' ? 12 : 0);
  return hour * 3600 + Number(found.get('M') ?? 0) * 60 + Number(found.get('S') ?? 0);
}

/** Seconds from UTC. */
function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'z') return 0;
  const [hours = 0, minutes = 0, seconds = 0] = (zone.match(/\d\d/g) ?? []).map(Number);
  const size = hours * 3600 + minutes * 60 + seconds;
  return zone.startsWith('-') ? -size : size;
}
