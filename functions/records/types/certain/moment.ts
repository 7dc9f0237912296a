import type { Constraints, Field } from '../../../../schemas/contracts/definition.ts';
import { literalOf } from '../literal.ts';
import type { LogicalType } from '../logical-type.ts';
import type { Moment } from '../moment.ts';
import { ANY_DATES, ANY_TIMES, ANY_ZONES, type Clocked, formatOf } from '../temporal.ts';
import type { Certain } from './contract.ts';
import { Parts, PLACE, POSITIONS, type Step } from './parts.ts';
import { patternSteps } from './pattern-steps.ts';
import { isoDate, isoDatetime, isoTime, isoYear, isoYearmonth } from './standard.ts';

/** Of a date, a time, a datetime, a year or a year and month. */
export function certainMoment(field: Field, type: LogicalType): Certain | undefined {
  const kind = field.type === 'year' || field.type === 'yearmonth' ? 'datetime' : (field.type as Clocked);
  const bounded = BOUNDS.some((name) => field.constraints?.[name] !== undefined);
  const step = stepOf(field, bounded);
  if (!step) return undefined;
  const parts = new Parts();
  const reads: Certain = (bytes, start, end) =>
    step(bytes, start, end, parts) === end && end - start <= MAX_BYTES && parts.isReal;
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

/** No text is longer that a pattern reads. */
const MAX_BYTES = 200;

interface Bounds {
  readonly least: number;
  readonly most: number;
  /** Years between which all are good, without a look at the position. */
  readonly from: number;
  readonly to: number;
}

const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

/** Whole positions between which every value is good, whatever its fraction, and some beside which good ones may stand. */
function boundsOf(field: Field, type: LogicalType, kind: Clocked): Bounds {
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

function stepOf(field: Field, bounded: boolean): Step | undefined {
  if (field.type === 'year') return isoYear;
  if (field.type === 'yearmonth') return isoYearmonth;
  const kind = field.type as Clocked;
  const format = formatOf(field.format);
  if (format === 'default') return STANDARD[kind];
  return format === 'any' ? anyOf(kind, bounded) : patternSteps(format);
}

const STANDARD: Readonly<Record<Clocked, Step>> = { date: isoDate, time: isoTime, datetime: isoDatetime };

/** With bounds it matters which form reads a text first: those that begin with the year have only one way to be read. */
function anyOf(kind: Clocked, bounded: boolean): Step {
  const dates = patterns(ANY_DATES.filter((format) => !bounded || format.startsWith('%Y')));
  if (kind === 'date') return firstOf(dates);
  const times = ANY_TIMES.flatMap((format) => (kind === 'time' ? [format] : ANY_ZONES.map((zone) => format + zone)));
  const clock = firstOf(patterns(times), [], (parts) => parts.clearClock());
  if (kind === 'time') return clock;
  const date = firstOf(dates, DATE_ENDS);
  return firstOf([isoDatetime, dateThenTime(date, clock), firstOf(dates)]);
}

const patterns = (formats: readonly string[]): Step[] => formats.map(patternSteps).filter((step) => step !== undefined);

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
