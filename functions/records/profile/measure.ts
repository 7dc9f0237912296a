import type { Decimal } from '../types/decimal.ts';
import type { Moment } from '../types/moment.ts';
import type { Field } from '../../../schemas/contracts/definition.ts';

/** A place on a line: the order of two values is that of their positions, unless these are equal and one is rounded. */
export interface Measure {
  readonly position: number;
  readonly exact: boolean;
}

/** Digits that a double holds exactly, also behind a point. */
export const EXACT_DIGITS = 15;

/** Undefined for types without an order, for strings, and for NaN. */
export function measureOf(type: Field['type']): ((value: unknown) => Measure | undefined) | undefined {
  switch (type) {
    case 'integer':
    case 'number':
      return (value) => ofDecimal(value as Decimal);
    case 'date':
    case 'time':
    case 'datetime':
    case 'year':
    case 'yearmonth':
      return (value) => ofMoment(value as Moment);
    default:
      return undefined;
  }
}

function ofDecimal({ sign, digits, magnitude, special }: Decimal): Measure | undefined {
  if (special === 'NaN') return undefined;
  if (special === 'INF') return { position: sign * Number.POSITIVE_INFINITY, exact: true };
  const exact = digits.length <= EXACT_DIGITS && Math.abs(magnitude) <= EXACT_DIGITS;
  return { position: sign * Number(`0.${digits || '0'}E${magnitude}`), exact };
}

function ofMoment({ days, seconds, fraction }: Moment): Measure {
  const position = days * 86_400 + seconds;
  // A leap second has the position of the midnight behind it.
  return { position, exact: fraction === '' && seconds < 86_400 && Number.isSafeInteger(position) };
}
