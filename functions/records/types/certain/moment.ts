import type { Constraints, Field } from '../../../../schemas/contracts/definition.ts';
import { literalOf } from '../literal.ts';
import type { LogicalType } from '../logical-type.ts';
import type { Moment } from '../moment.ts';
import { ANY_DATES, ANY_TIMES, ANY_ZONES, type Clocked, formatOf } from '../temporal.ts';
import { type Codes, patternCodes, STANDARD_CODES } from './pattern-steps.ts';

export const momentKind = ({ type }: Field): Clocked =>
  type === 'year' || type === 'yearmonth' ? 'datetime' : (type as Clocked);
const isBounded = ({ constraints }: Field): boolean => BOUNDS.some((name) => constraints?.[name] !== undefined);

/** How a field writes dates, times, datetimes, years or years and months, as data for a program. */
export interface MomentForms {
  readonly kind: Clocked;
  /** A text has one of these, or one of them, a blank or T, and one of `clocks`. */
  readonly forms: readonly Codes[];
  readonly clocks: readonly Codes[];
  readonly bounds: MomentBounds | undefined;
}

/** @param exact what a text says is asked too, not only whether it is a moment. */
export function momentForms(field: Field, type: LogicalType, exact: boolean): MomentForms | undefined {
  const kind = momentKind(field);
  const bounds = isBounded(field) ? boundsOf(field, type, kind) : undefined;
  const single = exact || bounds !== undefined;
  if (formatOf(field.format) !== 'any') {
    const codes = codesOf(field);
    return codes && { kind, forms: [codes], clocks: [], bounds };
  }
  const dates = kind === 'time' ? [] : known(anyDates(single));
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

/** Where a moment is in the order of its kind, without its fraction: a date in days from 1970-01-01, a time or datetime in seconds. */
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

/** Forms that begin with the year have only one way to be read: no other form reads their texts as another moment. */
const anyDates = (single: boolean): readonly string[] =>
  ANY_DATES.filter((format) => !single || format.startsWith('%Y'));
const anyClocks = (kind: Clocked): readonly string[] =>
  ANY_TIMES.flatMap((format) => (kind === 'time' ? [format] : ANY_ZONES.map((zone) => format + zone)));
const known = (formats: readonly string[]): Codes[] => formats.map(patternCodes).filter((codes) => codes !== undefined);
