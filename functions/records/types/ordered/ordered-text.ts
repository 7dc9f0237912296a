import type { Field, FieldType } from '../../../../schemas/contracts/definition.ts';
import type { Decimal } from '../decimal.ts';
import type { LogicalType } from '../logical-type.ts';
import type { Moment } from '../moment.ts';
import { formatOf } from '../temporal.ts';
import { logicalTypeOf } from '../type-of.ts';
import { orderedDate, orderedMoment, orderedTime } from './ordered-moment.ts';
import { orderedNumber } from './ordered-number.ts';

/**
 * How values of a type are written so that texts say all: equal values, and only those, have equal texts, and the order of the
 * texts by their bytes is that of the values. Types without an order have their canonical text.
 */
type Write = (value: never, type: LogicalType) => string;

const canonical: Write = (value, type) => type.canonical(value);
const number: Write = (value: Decimal) => orderedNumber(value);
const moment: Write = (value: Moment) => orderedMoment(value);

const WRITE: Readonly<Record<FieldType, Write>> = {
  string: canonical,
  any: canonical,
  integer: number,
  number,
  boolean: (value: boolean) => (value ? '1' : '0'),
  date: (value: Moment) => orderedDate(value),
  datetime: moment,
  time: (value: Moment) => orderedTime(value),
  year: moment,
  yearmonth: moment,
  geopoint: canonical,
  geojson: canonical,
};

/** The logical value of a field as an ordered text. */
export const orderedValue = (field: Field, type: LogicalType, value: unknown): string =>
  WRITE[field.type](value as never, type);

/** Fields of which every text is its own ordered text. */
export const isOrderedText = ({ type, format }: Pick<Field, 'type' | 'format'>): boolean =>
  type === 'string' || type === 'any' || ((type === 'date' || type === 'time') && formatOf(format) === 'default');

/**
 * From a text of the field to its ordered text: as long as nothing is missing, comparing these byte by byte is comparing the
 * values. Null where the text is none of the type.
 * @throws if the definition is one that `definitionProblems` refuses
 */
export function orderedText(field: Field): (text: string) => string | null {
  const type = logicalTypeOf(field);
  if (!type) throw new Error(`the type ${field.type} has no such format; definitionProblems tells`);
  return (text) => {
    const value = type.read(text);
    return value === undefined ? null : orderedValue(field, type, value);
  };
}

const SEPARATOR = '\u0001';
const ESCAPE = '\u0002';

/** The ordered texts of a key's parts as one, which orders as the parts do one after the other. Of one part it is the part. */
export const orderedKey = (parts: readonly string[]): string =>
  parts.length === 1 ? parts[0]! : parts.map(escaped).join(SEPARATOR);

const escaped = (part: string): string =>
  part.replaceAll(ESCAPE, ESCAPE + ESCAPE).replaceAll(SEPARATOR, ESCAPE + SEPARATOR);
