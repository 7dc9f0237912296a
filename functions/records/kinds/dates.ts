import { isRealDate } from '../types/moment.ts';
import { formatOf } from '../types/temporal.ts';
import type { Field } from '../../../schemas/contracts/definition.ts';
import type { Kind } from './codes.ts';

/** Year first: the form, and its parts in the order year, month, day. */
const YEAR_FIRST: readonly (readonly [Kind, RegExp])[] = [
  ['YYYY-M-D', /^(\d{4})-(\d{1,2})-(\d{1,2})$/],
  ['YYYY/MM/DD', /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/],
  ['YYYY.MM.DD', /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/],
  ['YYYYMMDD', /^(\d{4})(\d\d)(\d\d)$/],
  ['YYYY年M月D日', /^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?$/],
];
const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;
const YEAR_LAST_KINDS = {
  '/': { day: 'DD/MM/YYYY', month: 'MM/DD/YYYY', either: 'DD/MM/YYYY or MM/DD/YYYY' },
  '-': { day: 'DD-MM-YYYY', month: 'MM-DD-YYYY', either: 'DD-MM-YYYY or MM-DD-YYYY' },
} as const;

const OTHERS: readonly (readonly [Kind, RegExp])[] = [
  ['zero-date', /^(?:0000[-/.]?0{1,2}[-/.]?0{1,2}|1900[-/]0?1[-/]0{1,2})(?:[ T]|$)/],
  ['two-digit-year', /^\d{2}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日?)$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}$/],
  ['month-name', /^(?:\d{1,2}[ -]?[A-Za-z]{3,9}[ ,-]{1,2}\d{2,4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4})$/],
  ['incomplete-date', /^(?:1[89]|2[01])\d\d(?:[-/.]?(?:0?[1-9]|1[0-2])|年|年\d{1,2}月)?$/],
  ['spreadsheet-date', /^[1-7]\d{4}(?:\.\d+)?$/],
  ['unix-time', /^1\d{9}(?:\d{3})?$/],
  ['open-ended', /^(?:长期|永久|无固定期限|无期限|至今|长期有效|永久有效|permanent|indefinite)$/i],
];

/** Nobody means these days: what software writes for "none" or "for ever". */
const PLACEHOLDER = /^(?:0001-01-01|1899-12-3[01]|1900-01-0[01]|1970-01-01|2099-12-31|2999-12-31|9999-12-31)(?:T|$)/;
export const isPlaceholderDate = (text: string): boolean => PLACEHOLDER.test(text);

const DAY_AND_CLOCK = /^(.{6,14}?)(?:[ T]|(?<=日))(\d{1,2}[:时].*)$/;
const CLOCK = /^\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;

/** How a date is written that its field does not read. */
export function dateKind(text: string): Kind | undefined {
  return dayKind(text) ?? dayWithClockKind(text) ?? otherKind(text);
}

/** The clock is one fault too many, unless the day is none. */
function dayWithClockKind(text: string): Kind | undefined {
  const kind = dayKind(DAY_AND_CLOCK.exec(text)?.[1] ?? '');
  return kind === undefined || kind === 'zero-date' || kind === 'no-such-day' ? kind : 'date-and-time';
}

export function datetimeKind(text: string, field: Pick<Field, 'format'>): Kind | undefined {
  const parts = DAY_AND_CLOCK.exec(text);
  const day = dayKind(parts?.[1] ?? text);
  if (!parts) return day === 'YYYY-MM-DD' ? 'date-alone' : (day ?? otherKind(text));
  if (day !== 'YYYY-MM-DD' || formatOf(field.format) !== 'default') return day ?? otherKind(text);
  return clockKind(parts[2] ?? '') ?? (text.includes('T') ? undefined : 'blank-for-t');
}

export function timeKind(text: string): Kind | undefined {
  if (/^0?\.\d+$/.test(text)) return 'spreadsheet-date';
  return clockKind(text) ?? dayWithClockKind(text);
}

/** What a clock reading is written like, if not HH:MM:SS. */
function clockKind(text: string): Kind | undefined {
  if (CLOCK.test(text)) return undefined;
  if (/[ap]\.?m|[上下]午/i.test(text)) return 'twelve-hour-clock';
  if (/^\d{1,2}[:时]\d{2}分?$/.test(text)) return 'no-seconds';
  return /^\d:\d\d:\d\d/.test(text) ? 'no-zero-before-hour' : undefined;
}

const MONTH_FORMS: readonly (readonly [Kind, RegExp])[] = [
  ['YYYYMM', /^\d{4}(?:0[1-9]|1[0-2])$/],
  ['YYYY/MM', /^\d{4}[/.](?:0?[1-9]|1[0-2])$/],
  ['YYYY年M月', /^\d{4}年(?:0?[1-9]|1[0-2])月$/],
  ['incomplete-date', /^\d{4}年?$/],
  ['YYYY-M-D', /^\d{4}-[1-9]$/],
];
export const monthKind = (text: string): Kind | undefined =>
  MONTH_FORMS.find(([, form]) => form.test(text))?.[0] ?? (dateKind(text) ? 'whole-date' : undefined);

export function yearKind(text: string): Kind | undefined {
  if (/^\d{4}年度?$/.test(text)) return 'unit';
  if (/^\d{2}年?$/.test(text)) return 'two-digit-year';
  return dayKind(text) || MONTH_FORMS.some(([, form]) => form.test(text)) ? 'whole-date' : undefined;
}

/** A day that can be: the form alone does not make one. */
function dayKind(text: string): Kind | undefined {
  for (const [kind, form] of YEAR_FIRST) {
    const match = form.exec(text);
    if (match) return yearFirstKind(kind, text, Number(match[1]), Number(match[2]), Number(match[3]));
  }
  const match = YEAR_LAST.exec(text);
  return match ? yearLastKind(match[2] ?? '', Number(match[1]), Number(match[3]), Number(match[4])) : undefined;
}

function yearFirstKind(kind: Kind, text: string, year: number, month: number, day: number): Kind | undefined {
  if (year === 0 || (year === 1900 && month === 1 && day === 0)) return 'zero-date';
  if (kind === 'YYYYMMDD' && (year < 1800 || year > 2200)) return undefined;
  if (!isRealDate(year, month, day)) return 'no-such-day';
  return kind === 'YYYY-M-D' && text.length === 10 ? 'YYYY-MM-DD' : kind;
}

function yearLastKind(separator: string, first: number, second: number, year: number): Kind | undefined {
  const dayFirst = isRealDate(year, second, first);
  const monthFirst = isRealDate(year, first, second);
  if (!dayFirst && !monthFirst) return 'no-such-day';
  if (separator === '.') return dayFirst ? 'D.M.YYYY' : undefined;
  const kinds = YEAR_LAST_KINDS[separator === '/' ? '/' : '-'];
  if (dayFirst && monthFirst) return kinds.either;
  return dayFirst ? kinds.day : kinds.month;
}

const otherKind = (text: string): Kind | undefined => OTHERS.find(([, form]) => form.test(text))?.[0];
