import { daysFromCivil, isoDate, type Moment } from '../../types/moment.ts';
import type { Forms } from '../forms.ts';
import { plainDigits } from '../digits.ts';
import type { SerialShown } from './number-format.ts';

const DAY_MS = 86_400_000;
/** The day that 1900 did not have and spreadsheets count: before it serials are a day less. */
const PHANTOM_DAY = 60;
const EPOCH_1900 = daysFromCivil(1899, 12, 30);
const EPOCH_1904 = daysFromCivil(1904, 1, 1);
const LAST_DAY = daysFromCivil(9999, 12, 31);

/**
 * A number that its cell shows as a date or a time, as text. Spreadsheets keep days since 1900 (or 1904) and fractions of
 * a day; what they show of it is whole milliseconds. Serial 60 is shown as 1900-02-29 and 0 as 1900-01-00, as by the
 * spreadsheet itself: no such day passes for a date. `h:mm` shows the time of the day alone, `[h]:mm` all hours.
 */
export function serialText(serial: number, shown: SerialShown, from1904: boolean, forms: Forms): string {
  const epoch = from1904 ? EPOCH_1904 : EPOCH_1900;
  const milliseconds = Math.round(serial * DAY_MS);
  const day = Math.floor(milliseconds / DAY_MS);
  if (serial < 0 || epoch + day > LAST_DAY) return forms.number(plainDigits(serial));
  const clock = clockOf(milliseconds - day * DAY_MS);
  if (shown === 'elapsed' && day > 0) return elapsed(day, clock);
  if (shown === 'time' || shown === 'elapsed') return forms.moment('time', { days: 0, ...clock });
  if (from1904) return forms.moment(shown, { days: epoch + day, ...clock });
  if (day === 0 || day === PHANTOM_DAY) return day === 0 ? '1900-01-00' : '1900-02-29';
  return forms.moment(shown, { days: epoch + day + (day < PHANTOM_DAY ? 1 : 0), ...clock });
}

function clockOf(milliseconds: number): Pick<Moment, 'seconds' | 'fraction'> {
  const fraction = String(milliseconds % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return { seconds: Math.floor(milliseconds / 1000), fraction };
}

/** More than a day is no time of the day: hours go on beyond 23. */
function elapsed(days: number, { seconds, fraction }: Pick<Moment, 'seconds' | 'fraction'>): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${days * 24 + Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === '' ? clock : `${clock}.${fraction}`;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?Z?$/;
const ISO_TIME = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?$/;

/** A cell of type `d` holds ISO 8601 text; what is none stands as it is. */
export function isoCellText(text: string, forms: Forms): string {
  const date = ISO.exec(text);
  if (date) {
    const [, year, month, day, hour, minute, second = '0', fraction = ''] = date;
    const moment = {
      days: daysFromCivil(Number(year), Number(month), Number(day)),
      seconds: Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second),
      fraction: fraction.replace(/0+$/, ''),
    };
    return isClock(hour, minute, second) && isDay(moment.days, text)
      ? forms.moment(hour === undefined ? 'date' : 'datetime', moment)
      : text;
  }
  const [, hour, minute, second, fraction = ''] = ISO_TIME.exec(text) ?? [];
  if (hour === undefined || !isClock(hour, minute, second)) return text;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return forms.moment('time', { days: 0, seconds, fraction: fraction.replace(/0+$/, '') });
}

const isClock = (hour = '0', minute = '0', second = '0'): boolean =>
  Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;

/** Days that are not real come out as another one. */
const isDay = (days: number, text: string): boolean => isoDate(days) === text.slice(0, 10);
