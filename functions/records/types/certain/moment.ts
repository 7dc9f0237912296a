import type { Constraints, Field } from '../../../../schemas/contracts/definition.ts';
import { literalOf } from '../literal.ts';
import type { LogicalType } from '../logical-type.ts';
import type { Moment } from '../moment.ts';
import { ANY_DATES, ANY_TIMES, ANY_ZONES, type Clocked, formatOf } from '../temporal.ts';
import type { Certain } from './contract.ts';
import { Parts, PLACE, POSITIONS, type Step } from './parts.ts';
import { type Codes, patternCodes, STANDARD_CODES, stepOf } from './pattern-steps.ts';
import { isoDate, isoDatetime, isoTime, isoYear, isoYearmonth } from './standard.ts';

export const momentKind = ({ type }: Field): Clocked =>
  type === 'year' || type === 'yearmonth' ? 'datetime' : (type as Clocked);
const isBounded = ({ constraints }: Field): boolean => BOUNDS.some((name) => constraints?.[name] !== undefined);

/** Of a date, a time, a datetime, a year or a year and month. */
export function certainMoment(field: Field, type: LogicalType): Certain | undefined {
  const kind = momentKind(field);
  const bounded = isBounded(field);
  const step = momentReader(field, bounded);
  if (!step) return undefined;
  const parts = new Parts();
  const reads: Certain = (bytes, start, end) =>
    step(bytes, start, end, parts) === end && end - start <= MAX_MOMENT_BYTES && parts.isReal;
  if (!bounded) return reads;
  const position = POSITIONS[kind];
  const { least, most, from, to } = boundsOf(field, type, kind);
  return (bytes, start, end, doubled) => {
    if (!reads(bytes, start, end, doubled)) return false;
    const { year } = parts;
    if (year > from && year < to) return true;
    const at = position(parts);
    return at >= least && at + parts.at(PLACE.fraction) <= most;
  };
}

/** The same as data, for a program. */
export interface MomentForms {
  readonly kind: Clocked;
  /** A text has one of these, or one of them, a blank or T, and one of `clocks`. */
  readonly forms: readonly Codes[];
  readonly clocks: readonly Codes[];
  readonly bounds: MomentBounds | undefined;
}

export function momentForms(field: Field, type: LogicalType): MomentForms | undefined {
  const kind = momentKind(field);
  const bounded = isBounded(field);
  const bounds = bounded ? boundsOf(field, type, kind) : undefined;
  if (formatOf(field.format) !== 'any') {
    const codes = codesOf(field);
    return codes && { kind, forms: [codes], clocks: [], bounds };
  }
  const dates = kind === 'time' ? [] : known(anyDates(bounded));
  const clocks = kind === 'date' ? [] : known(anyClocks(kind));
  return kind === 'time' ? { kind, forms: clocks, clocks: [], bounds } : { kind, forms: dates, clocks, bounds };
}

function codesOf(field: Field): Codes | undefined {
  const format = formatOf(field.format);
  const { type } = field;
  if (type === 'year' || type === 'yearmonth' || format === 'default') return STANDARD_CODES[type as Standard];
  return patternCodes(format);
}
type Standard = keyof typeof STANDARD_CODES;

/** No text is longer that a pattern reads. */
export const MAX_MOMENT_BYTES = 200;

/** In days or seconds: see `POSITIONS`. */
export interface MomentBounds {
  readonly least: number;
  readonly most: number;
  /** Years between which all are good, without a look at the position. */
  readonly from: number;
  readonly to: number;
}

const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

/** Whole positions between which every value is good, whatever its fraction, and some beside which good ones may stand. */
function boundsOf(field: Field, type: LogicalType, kind: Clocked): MomentBounds {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Constraints = field.constraints ?? {};
  const at = (stated: string | number | undefined, otherwise: number): number =>
    stated === undefined ? otherwise : positionOf(literalOf(field, type, stated) as Moment, kind);
  const least = Math.ceil(Math.max(at(minimum, -Infinity), at(exclusiveMinimum, -Infinity) + 1));
  const most = Math.floor(Math.min(at(maximum, Infinity), at(exclusiveMaximum, Infinity) - 1));
  if (kind === 'time') return { least, most, from: Infinity, to: -Infinity };
  const inYear = (kind === 'date' ? 1 : DAY_SECONDS) * 365.2425;
  return { least, most, from: 1970 + least / inYear + YEARS_APART, to: 1970 + most / inYear - YEARS_APART };
}

const DAY_SECONDS = 86_400;
/** A zone and years of different lengths are far less. */
const YEARS_APART = 2;

/** Half a second behind the one before, for a fraction; for a leap second too, which has no position of its own. */
function positionOf({ days, seconds, fraction }: Moment, kind: Clocked): number {
  if (kind === 'date') return days;
  const second = seconds === DAY_SECONDS ? DAY_SECONDS - 0.5 : seconds + (fraction === '' ? 0 : 0.5);
  return (kind === 'time' ? 0 : days * DAY_SECONDS) + second;
}

/** @param bounded only forms of which there is one way to read a text. */
export function momentReader(field: Field, bounded: boolean): Step | undefined {
  if (field.type === 'year') return isoYear;
  if (field.type === 'yearmonth') return isoYearmonth;
  const kind = field.type as Clocked;
  const format = formatOf(field.format);
  if (format === 'default') return STANDARD[kind];
  if (format === 'any') return anyOf(kind, bounded);
  const codes = patternCodes(format);
  return codes && stepOf(codes);
}

const STANDARD: Readonly<Record<Clocked, Step>> = { date: isoDate, time: isoTime, datetime: isoDatetime };

/** With bounds it matters which form reads a text first: those that begin with the year have only one way to be read. */
const anyDates = (bounded: boolean): readonly string[] =>
  ANY_DATES.filter((format) => !bounded || format.startsWith('%Y'));
const anyClocks = (kind: Clocked): readonly string[] =>
  ANY_TIMES.flatMap((format) => (kind === 'time' ? [format] : ANY_ZONES.map((zone) => format + zone)));
const known = (formats: readonly string[]): Codes[] => formats.map(patternCodes).filter((codes) => codes !== undefined);
const stepsOf = (formats: readonly string[]): Step[] => known(formats).map(stepOf);

function anyOf(kind: Clocked, bounded: boolean): Step {
  const dates = stepsOf(anyDates(bounded));
  if (kind === 'date') return firstOf(dates);
  const clock = firstOf(stepsOf(anyClocks(kind)), [], (parts) => parts.clearClock());
  if (kind === 'time') return clock;
  const date = firstOf(dates, DATE_ENDS);
  return firstOf([isoDatetime, dateThenTime(date, clock), firstOf(dates)]);
}

const BLANK = 0x20;
const LETTER_T = 0x54;
/** What stands between a date and a time. */
const DATE_ENDS: readonly number[] = [BLANK, LETTER_T];
const dateThenTime =
  (date: Step, time: Step): Step =>
  (bytes, at, end, parts) => {
    const i = date(bytes, at, end, parts);
    return i < 0 || i >= end ? -1 : time(bytes, i + 1, end, parts);
  };

/**
 * The first of some forms that a text has up to its end, or up to one of some bytes. The one that was found is tried first
 * the next time, in the parts that it has left: it writes the same ones again.
 */
function firstOf(
  steps: readonly Step[],
  ends: readonly number[] = [],
  clear: (parts: Parts) => void = (parts) => parts.clear(),
): Step {
  const isEnd = (bytes: Uint8Array, at: number, end: number): boolean =>
    at === end || (at >= 0 && at < end && ends.includes(bytes[at] ?? 0));
  let likely: Step | undefined;
  return (bytes, at, end, parts) => {
    const again = likely?.(bytes, at, end, parts) ?? -1;
    if (isEnd(bytes, again, end)) return again;
    for (const step of steps) {
      clear(parts);
      const i = step(bytes, at, end, parts);
      if (!isEnd(bytes, i, end)) continue;
      likely = step;
      return i;
    }
    likely = undefined;
    return -1;
  };
}
