import { serialText } from '../../formats/xlsx/serial.ts';
import type { Kind } from '../../kinds/codes.ts';
import type { Moment } from '../../types/moment.ts';
import { strptime } from '../../types/strptime.ts';
import { type Clocked, clockedType } from '../../types/temporal.ts';
import type { Mender } from './mender.ts';

type Read = (text: string) => Moment | undefined;

const none: Read = () => undefined;

function byPattern(format: string): Read {
  const made = strptime(format);
  return typeof made === 'string' ? none : made.read;
}

const anyOf = (kind: Clocked): Read => {
  const type = clockedType(kind, 'any');
  return (text) => type?.read(text);
};
const anyDay = anyOf('date');
const anyClock = anyOf('time');
/** What Chinese calendars write with blanks, and with 号 for the day. */
const anyWrittenDay: Read = (text) =>
  anyDay(
    /年/.test(text)
      ? text
          .replaceAll(' ', '')
          .replace(/号$/, '日')
          .replace(/月(\d{1,2})$/, '月$1日')
      : text,
  );

const DAY_FIRST: Readonly<Record<string, Read>> = {
  '/': byPattern('%d/%m/%Y'),
  '-': byPattern('%d-%m-%Y'),
  '.': byPattern('%d.%m.%Y'),
};
const MONTH_FIRST: Readonly<Record<string, Read>> = { '/': byPattern('%m/%d/%Y'), '-': byPattern('%m-%d-%Y') };
const separatorOf = (text: string): string => /[/.-]/.exec(text)?.[0] ?? '';

/** How the day of each kind is read; of dates that may be either, as the rest of the column or its owner says. */
const DAYS: Readonly<Partial<Record<Kind, Read>>> = {
  'DD/MM/YYYY': DAY_FIRST['/'] ?? none,
  'MM/DD/YYYY': MONTH_FIRST['/'] ?? none,
  'DD-MM-YYYY': DAY_FIRST['-'] ?? none,
  'MM-DD-YYYY': MONTH_FIRST['-'] ?? none,
  'D.M.YYYY': DAY_FIRST['.'] ?? none,
  'YYYY/MM/DD': anyWrittenDay,
  'YYYY.MM.DD': anyWrittenDay,
  YYYYMMDD: anyWrittenDay,
  'YYYY-M-D': anyWrittenDay,
  YYYY年M月D日: anyWrittenDay,
  'YYYY-MM-DD': anyWrittenDay,
  'month-name': anyWrittenDay,
};

const DAY_AND_CLOCK = /^(.{6,14}?)(?:[ T]|(?<=日))(\d{1,2}[:时].*)$/;

/** A day, or a day with a clock behind it. */
function momentIn(text: string, day: Read): { readonly moment: Moment; readonly hasClock: boolean } | undefined {
  const parts = DAY_AND_CLOCK.exec(text);
  const date = day(parts?.[1] ?? text);
  if (!date) return undefined;
  if (!parts) return { moment: date, hasClock: false };
  const clock = anyClock(parts[2] ?? '');
  return clock && { moment: { ...clock, days: date.days }, hasClock: true };
}

const written =
  (dayOf: Mender extends (...args: infer A) => unknown ? (...args: A) => Read : never): Mender =>
  (text, ready, settings) => {
    const found = momentIn(text, dayOf(text, ready, settings));
    if (!found) return undefined;
    const { moment, hasClock } = found;
    return ready.forms.moment(hasClock ? 'datetime' : 'date', moment);
  };

const either = written((text, _, { order }) => {
  const separator = separatorOf(text);
  if (order === undefined) return none;
  return (order === 'day-first' ? DAY_FIRST : MONTH_FIRST)[separator] ?? none;
});

/** Days that spreadsheets count: 1950 to 2100. What is beyond is rather some other number. */
const [FIRST_SERIAL, LAST_SERIAL] = [18_264, 73_415];

const spreadsheetDate: Mender = (text, { column, forms }) => {
  const serial = Number(text);
  if (column.field.type === 'time') return serial < 1 ? serialText(serial, 'time', false, forms) : undefined;
  if (!(serial >= FIRST_SERIAL && serial <= LAST_SERIAL)) return undefined;
  return serialText(serial, Number.isInteger(serial) ? 'date' : 'datetime', false, forms);
};

/** The clock alone is written otherwise. */
const clock: Mender = (text, { column, forms }) => {
  if (column.field.type !== 'time') return written(() => anyWrittenDay)(text, { column, forms }, {});
  const moment = anyClock(text);
  return moment && forms.moment('time', moment);
};

/** The day stays, the clock goes. */
const dayAlone: Mender = (text, { forms }) => {
  const found = momentIn(text, anyWrittenDay);
  return found && forms.moment('date', { ...found.moment, seconds: 0, fraction: '' });
};

/** A clock of midnight says nothing. */
export const isMidnight = (text: string): boolean => {
  const found = momentIn(text, anyWrittenDay);
  return found !== undefined && found.moment.seconds === 0 && found.moment.fraction === '';
};

const month: Mender = (text) => {
  const [, year = '', digits = ''] = /^(\d{4})[年/.]?(\d{1,2})月?$/.exec(text) ?? [];
  return year === '' ? undefined : `${year}-${digits.padStart(2, '0')}`;
};

const wholeDate: Mender = (text, { forms }) => {
  const moment = anyWrittenDay(text);
  return moment && forms.moment('date', moment);
};

export const DATE_MENDERS: Readonly<Partial<Record<Kind, Mender>>> = {
  ...Object.fromEntries(Object.entries(DAYS).map(([kind, read]) => [kind, written(() => read)])),
  'YYYY-M-D': (text, ready, settings) =>
    ready.column.field.type === 'yearmonth'
      ? month(text.replace('-', '/'), ready, settings)
      : written(() => anyWrittenDay)(text, ready, settings),
  'DD/MM/YYYY or MM/DD/YYYY': either,
  'DD-MM-YYYY or MM-DD-YYYY': either,
  'date-and-time': dayAlone,
  'date-alone': written(() => anyWrittenDay),
  'blank-for-t': written(() => anyWrittenDay),
  'no-seconds': clock,
  'no-zero-before-hour': clock,
  'twelve-hour-clock': clock,
  'spreadsheet-date': spreadsheetDate,
  YYYYMM: month,
  'YYYY/MM': month,
  YYYY年M月: month,
  'whole-date': wholeDate,
};
