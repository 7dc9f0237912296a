import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import { missingMarker } from '../header/columns.ts';
import { FALSE_VALUES, TRUE_VALUES } from '../types/boolean.ts';
import { missingValuesOf } from '../types/column.ts';
import type { LogicalType } from '../types/logical-type.ts';
import { isoDate, type Moment } from '../types/moment.ts';
import { logicalTypeOf } from '../types/type-of.ts';
import { formatOf } from '../types/temporal.ts';
import { strftime } from './strftime.ts';

/** What a value that is a date or a time shows of itself. */
export type Shown = 'date' | 'time' | 'datetime';

/** How values that are not text in their own file stand in the text of a column. */
export interface Forms {
  readonly missing: string;
  /** The field has no text that stands for "nothing": where nothing is, it breaks `required`. */
  readonly lacksMissing: boolean;
  /** It is part of the primary key. */
  readonly isKey: boolean;
  /** False where digits stand as they are. */
  readonly writesNumbers: boolean;
  number(digits: string): string;
  boolean(value: boolean): string;
  /** @param zone `Z` where the moment is known to be UTC */
  moment(shown: Shown, moment: Moment, zone?: '' | 'Z'): string;
  /** A value that no field can have: its text if that breaks `type`, or is one that means "missing". */
  foreign(text: string): string | Foreign;
}

/** A value that the field cannot have, though it would take its text for one. */
export class Foreign {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Of a column that is no field: its values in their own form. */
export const OWN_FORMS: Forms = {
  missing: '',
  lacksMissing: false,
  isKey: true,
  writesNumbers: false,
  number: (digits) => digits,
  boolean: String,
  moment: isoMoment,
  foreign: (text) => text,
};

/** The forms that the field's type reads; a value of another type in its own form, so that it breaks `type`. */
export function formsOf(field: Field, schema: TableSchema): Forms {
  const type = logicalTypeOf(field);
  if (!type) throw new Error(`the type ${field.type} has no such format; definitionProblems tells`);
  const missing = missingValuesOf(field, schema);
  const marker = missingMarker(field, schema);
  const decimalChar = decimalCharOf(field);
  return {
    missing: marker ?? '',
    lacksMissing: marker === undefined,
    isKey: schema.primaryKey?.includes(field.name) ?? false,
    writesNumbers: decimalChar !== '.',
    number: (digits) => (decimalChar === '.' ? digits : digits.replace('.', decimalChar)),
    boolean: booleanForm(field),
    moment: momentForm(field, type),
    foreign: (text) => (missing.includes(text) || type.read(text) === undefined ? text : new Foreign(text)),
  };
}

/** An integer has none: where its groups have a point, decimals stand with a comma, so that 1.5 is not read as 15. */
function decimalCharOf({ type, decimalChar = '.', groupChar }: Field): string {
  if (type === 'number') return decimalChar;
  return type === 'integer' && groupChar === '.' ? ',' : '.';
}

function booleanForm(field: Field): (value: boolean) => string {
  if (field.type !== 'boolean') return String;
  const form = (own: string, listed: readonly string[]): string => (listed.includes(own) ? own : (listed[0] ?? own));
  const yes = form('true', field.trueValues ?? TRUE_VALUES);
  const no = form('false', field.falseValues ?? FALSE_VALUES);
  return (value) => (value ? yes : no);
}

function momentForm(field: Field, type: LogicalType): Forms['moment'] {
  switch (field.type) {
    case 'date':
    case 'datetime':
    case 'time':
      return clockedForm(field, type, field.type);
    case 'year':
      return (shown, moment, zone) =>
        shown === 'date' ? isoDate(moment.days).slice(0, 4) : isoMoment(shown, moment, zone);
    case 'yearmonth':
      return (shown, moment, zone) =>
        shown === 'date' ? isoDate(moment.days).slice(0, 7) : isoMoment(shown, moment, zone);
    default:
      return isoMoment;
  }
}

/** In the field's own format if that says all of the moment, otherwise in the standard form. */
function clockedForm(field: Field, type: LogicalType, kind: Shown): Forms['moment'] {
  const format = formatOf(field.format);
  const patterned = format.includes('%');
  return (shown, moment, zone = '') => {
    const fitting = shownAs(kind, shown, moment);
    const standard = isoMoment(fitting, moment, zone);
    if (!patterned || fitting !== kind) return standard;
    const written = strftime(format, moment);
    return written !== undefined && isRead(type.read(written), moment, kind) ? written : standard;
  };
}

/** A date is the datetime of its midnight, and the other way round. */
function shownAs(kind: Shown, shown: Shown, { seconds, fraction }: Moment): Shown {
  if (kind === 'datetime' && shown === 'date') return 'datetime';
  return kind === 'date' && shown === 'datetime' && seconds === 0 && fraction === '' ? 'date' : shown;
}

function isRead(value: unknown, { days, seconds, fraction }: Moment, kind: Shown): boolean {
  const read = value as Moment | undefined;
  if (read === undefined) return false;
  const sameDay = kind === 'time' || read.days === days;
  return sameDay && (kind === 'date' || (read.seconds === seconds && read.fraction === fraction));
}

const two = (value: number): string => String(value).padStart(2, '0');

function isoMoment(shown: Shown, { days, seconds, fraction }: Moment, zone: '' | 'Z' = ''): string {
  if (shown === 'date') return isoDate(days);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const time = fraction === '' ? clock : `${clock}.${fraction}`;
  return shown === 'time' ? time : `${isoDate(days)}T${time}${zone}`;
}
