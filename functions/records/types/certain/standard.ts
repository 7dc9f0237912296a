import { isRealDate } from '../moment.ts';
import { digitsEnd, fourDigits, twoDigits } from './digits.ts';
import { PLACE, type Step } from './parts.ts';

const MINUS = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const POINT = 0x2e;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const MOST_ZONE_MINUTES = 840;

/** `2026-12-31`. */
export const isoDate: Step = (bytes, at, _, parts) => {
  const year = fourDigits(bytes, at);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  if ((year | month | day) < 0 || bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS) return -1;
  if (year === 0 || !isRealDate(year, month, day)) return -1;
  parts.setYear(year);
  parts.set(PLACE.month, month);
  parts.set(PLACE.day, day);
  return at + 10;
};

/** `15:30:00`. */
export const isoTime: Step = (bytes, at, _, parts) => {
  const hour = twoDigits(bytes, at);
  const minute = twoDigits(bytes, at + 3);
  const second = twoDigits(bytes, at + 6);
  if ((hour | minute | second) < 0 || bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return -1;
  if (hour > 23 || minute > 59 || second > 59) return -1;
  parts.set(PLACE.hour, hour);
  parts.set(PLACE.minute, minute);
  parts.set(PLACE.second, second);
  return at + 8;
};

/** Nothing, `Z` or `+08:00`, as XML Schema has them. */
export const isoZone: Step = (bytes, at, end, parts) => {
  const sign = bytes[at];
  parts.set(PLACE.offset, 0);
  if (at === end) return at;
  if (sign === LETTER_Z) return at + 1;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 4);
  if ((hours | minutes) < 0 || minutes > 59 || bytes[at + 3] !== COLON) return -1;
  const size = hours * 60 + minutes;
  if ((sign !== PLUS && sign !== MINUS) || size > MOST_ZONE_MINUTES) return -1;
  parts.set(PLACE.offset, (sign === MINUS ? -size : size) * 60);
  return at + 6;
};

/** Nothing, or digits behind a point. */
export const isoFraction: Step = (bytes, at, end, parts) => {
  parts.set(PLACE.fraction, 0);
  if (at >= end || bytes[at] !== POINT) return at;
  const i = digitsEnd(bytes, at + 1, end);
  if (i === at + 1) return -1;
  parts.setFraction(at + 1, i);
  return i;
};

/** XML Schema `dateTime`, of a year of four digits, without 24:00:00 and leap seconds. */
export const isoDatetime: Step = (bytes, at, end, parts) => {
  if (end - at < 19 || bytes[at + 10] !== LETTER_T) return -1;
  if (isoDate(bytes, at, end, parts) < 0 || isoTime(bytes, at + 11, end, parts) < 0) return -1;
  const i = isoFraction(bytes, at + 19, end, parts);
  return i < 0 ? -1 : isoZone(bytes, i, end, parts);
};

/** XML Schema `gYear`, of four digits. */
export const isoYear: Step = (bytes, at, end, parts) => {
  const year = fourDigits(bytes, at);
  if (year < 1) return -1;
  parts.setYear(year);
  return isoZone(bytes, at + 4, end, parts);
};

/** XML Schema `gYearMonth`, of a year of four digits. */
export const isoYearmonth: Step = (bytes, at, end, parts) => {
  const year = fourDigits(bytes, at);
  const month = twoDigits(bytes, at + 5);
  if (year < 1 || month < 1 || month > 12 || bytes[at + 4] !== MINUS) return -1;
  parts.setYear(year);
  parts.set(PLACE.month, month);
  return isoZone(bytes, at + 7, end, parts);
};
