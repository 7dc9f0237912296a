import type { LogicalType } from './logical-type.ts';
import {
  canonicalMoment,
  compareMoments,
  daysFromCivil,
  isoDate,
  isRealDate,
  leapSecondBehind,
  type Moment,
  momentOf,
} from './moment.ts';
import { type Strptime, strptime } from './strptime.ts';

type Read = (text: string) => Moment | undefined;

const temporalType = (read: Read, canonical = canonicalMoment): LogicalType<Moment> => ({
  read,
  canonical,
  compare: compareMoments,
});

/** `fmt:` is how Data Package v0 introduced a pattern; v2 obliges readers to strip it. */
export const formatOf = (format: string | undefined): string => (format ?? 'default').replace(/^fmt:/, '');

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/;
/** XML Schema `dateTime`: year of four digits or more (no year 0), 24:00:00 is the end of the day, leap seconds are :60. */
const DATETIME =
  /^(-?)([1-9]\d{3,8}|0\d{3})-(\d\d)-(\d\d)T(\d\d):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/;
const YEAR = /^(-?)([1-9]\d{3,8}|0\d{3})(Z|[+-]\d\d:\d\d)?$/;
const YEARMONTH = /^(-?)([1-9]\d{3,8}|0\d{3})-(\d\d)(Z|[+-]\d\d:\d\d)?$/;

function civil(year: number, month: number, day: number): number | undefined {
  return isRealDate(year, month, day) ? daysFromCivil(year, month, day) : undefined;
}

/** XML Schema 1.0 has no year 0: -0001 is the year before 0001. */
function astronomical(minus: string | undefined, digits: string | undefined): number | undefined {
  const year = Number(digits);
  if (year === 0) return undefined;
  return minus === '-' ? 1 - year : year;
}

/** Seconds from UTC, at most 14 hours (XML Schema); no zone is read as UTC. */
function zoneSeconds(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  if (Number(zone.slice(4, 6)) > 59 || minutes > 840) return undefined;
  return (zone.startsWith('-') ? -minutes : minutes) * 60;
}

function at(
  minus: string | undefined,
  year: string | undefined,
  month: string,
  day: string,
  second: number,
  fraction?: string,
  zone?: string,
) {
  const when = astronomical(minus, year);
  const offset = zoneSeconds(zone);
  const days = when === undefined ? undefined : civil(when, Number(month), Number(day));
  return days === undefined || offset === undefined ? undefined : momentOf(days, second, fraction, offset);
}

const readDate: Read = (text) => {
  const match = DATE.exec(text);
  return match ? at('', match[1], match[2] ?? '', match[3] ?? '', 0) : undefined;
};

const readTime: Read = (text) => {
  const match = TIME.exec(text);
  return match ? momentOf(0, Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) : undefined;
};

const readDatetime: Read = (text) => {
  const match = DATETIME.exec(text);
  if (!match) return undefined;
  const isLeap = match[7] === '60';
  const second = Number(match[5]) * 3600 + Number(match[6]) * 60 + (isLeap ? 59 : Number(match[7]));
  if (second > 86_400 || (second === 86_400 && /[1-9]/.test(match[8] ?? ''))) return undefined;
  const moment = at(match[1], match[2], match[3] ?? '', match[4] ?? '', second, match[8], match[9]);
  return moment && isLeap ? leapSecondBehind(moment) : moment;
};

/** XML Schema `gYear`; a zone is allowed, and the year begins there. */
export const yearType = (): LogicalType<Moment> =>
  temporalType((text) => {
    const match = YEAR.exec(text);
    return match ? at(match[1], match[2], '1', '1', 0, '', match[3]) : undefined;
  });

/** XML Schema `gYearMonth`. */
export const yearmonthType = (): LogicalType<Moment> =>
  temporalType((text) => {
    const match = YEARMONTH.exec(text);
    return match ? at(match[1], match[2], match[3] ?? '', '1', 0, '', match[4]) : undefined;
  });

/**
 * The forms that `any` understands, tried in turn. The standard leaves them to the implementation and names
 * dateutil as an example: like it, 01/02/2024 is January 2.
 */
export const ANY_DATES = [
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%Y.%m.%d',
  '%Y%m%d',
  '%Y年%m月%d日',
  '%m/%d/%Y',
  '%d/%m/%Y',
  '%d.%m.%Y',
  '%d %b %Y',
  '%d %B %Y',
  '%b %d, %Y',
  '%B %d, %Y',
  '%b %d %Y',
  '%B %d %Y',
  '%d-%b-%Y',
];
export const ANY_TIMES = ['%H:%M:%S', '%H:%M', '%H:%M:%S.%f', '%I:%M:%S %p', '%I:%M %p', '%H时%M分%S秒', '%H时%M分'];
export const ANY_ZONES = ['', '%z', ' %z', ' %Z'];

function firstOf(formats: readonly string[], standard: Read): Read {
  const readers: Read[] = formats
    .map((format) => strptime(format))
    .filter((made): made is Strptime => typeof made !== 'string')
    .map(({ read }) => read);
  return (text) => {
    const value = standard(text);
    if (value) return value;
    for (const read of readers) {
      const found = read(text);
      if (found) return found;
    }
    return undefined;
  };
}

const anyDate = (): Read => firstOf(ANY_DATES, readDate);
const anyTime = (): Read => firstOf(ANY_TIMES, readTime);

/** A date, and a time with or without a zone behind a space or a T; a date alone is its midnight. */
function anyDatetime(): Read {
  const date = anyDate();
  const time = firstOf(
    ANY_TIMES.flatMap((format) => ANY_ZONES.map((zone) => format + zone)),
    readTime,
  );
  return (text) => {
    const parts = /^(.*?)[T ](\d{1,2}[:时].*)$/.exec(text);
    const days = date(parts ? (parts[1] ?? '') : text);
    const clock = parts ? time(parts[2] ?? '') : momentOf(0, 0);
    return readDatetime(text) ?? (days && clock && { ...clock, days: days.days + dayShift(clock) });
  };
}

/** A time without a date is read as one of 1900-01-01 (strptime) or 1970-01-01; a zone may move it to a neighbour. */
function dayShift({ days }: Moment): number {
  const strptimeDay = daysFromCivil(1900, 1, 1);
  return days < -1 ? days - strptimeDay : days;
}

const KINDS = {
  date: {
    standard: readDate,
    any: anyDate,
    truncate: ({ days }: Moment) => momentOf(days, 0),
    canonical: ({ days }: Moment) => isoDate(days),
  },
  time: {
    standard: readTime,
    any: anyTime,
    truncate: ({ seconds, fraction }: Moment) => momentOf(0, seconds, fraction),
    canonical: canonicalMoment,
  },
  datetime: {
    standard: readDatetime,
    any: anyDatetime,
    truncate: (moment: Moment) => moment,
    canonical: canonicalMoment,
  },
};

export type Clocked = keyof typeof KINDS;

/** A pattern's reader; undefined where the format is none that the standard knows (definition problems say why). */
export function clockedType(kind: Clocked, format: string | undefined): LogicalType<Moment> | undefined {
  const { standard, any, truncate, canonical } = KINDS[kind];
  const name = formatOf(format);
  if (name === 'default') return temporalType(standard, canonical);
  const read = name === 'any' ? any() : patternRead(name, kind);
  if (!read) return undefined;
  return temporalType((text) => {
    const value = read(text);
    return value && truncate(value);
  }, canonical);
}

function patternRead(format: string, kind: Clocked): Read | undefined {
  const made = format.includes('%') ? strptime(format, kind === 'datetime') : undefined;
  return typeof made === 'object' ? made.read : undefined;
}
