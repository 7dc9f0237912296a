import type { Field } from '../../../../schemas/contracts/definition.ts';
import type { Decimal } from '../decimal.ts';
import { literalOf } from '../literal.ts';
import type { LogicalType } from '../logical-type.ts';
import { AroundDigits } from './around-digits.ts';

/** So many digits a double holds exactly. */
const EXACT_DIGITS = 15;

const pointOf = ({ type, decimalChar = '.' }: Field): Buffer | undefined =>
  type === 'number' ? Buffer.from(decimalChar) : undefined;

/** What stands around the numbers of a field, if anything may. */
export const aroundOf = (field: Field, type: LogicalType): AroundDigits | undefined =>
  field.bareNumber === false ? new AroundDigits(type, pointOf(field)) : undefined;

/** How a field writes numbers, as data for a program: single bytes, and what stands around. */
export interface DecimalForm {
  /** An integer has none, and no exponent. */
  readonly point: number | undefined;
  readonly group: number | undefined;
  readonly around: AroundDigits | undefined;
  /** Undefined: any number is good. */
  readonly bounds: DecimalBounds | undefined;
}
export interface DecimalBounds {
  readonly least: number;
  readonly most: number;
  readonly above: number;
  readonly below: number;
}

/** Undefined where a character has several bytes, or a double does not hold a bound exactly. */
export function decimalForm(
  field: Field,
  type: LogicalType,
  around: AroundDigits | undefined,
): DecimalForm | undefined {
  const [point, group] = [pointOf(field), field.groupChar === undefined ? undefined : Buffer.from(field.groupChar)];
  if ((point && point.length > 1) || (group && group.length > 1)) return undefined;
  const form = { point: point?.[0], group: group?.[0], around };
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = field.constraints ?? {};
  const stated = [minimum, maximum, exclusiveMinimum, exclusiveMaximum];
  if (stated.every((bound) => bound === undefined)) return { ...form, bounds: undefined };
  const sizes = stated.map((bound) => bound !== undefined && ofBound(literalOf(field, type, bound) as Decimal));
  if (sizes.some((size) => size && (!size.isExact || Number.isNaN(size.value)))) return undefined;
  const [least = -Infinity, most = Infinity, above = -Infinity, below = Infinity] = sizes.map((size) =>
    size ? size.value : undefined,
  );
  return { ...form, bounds: { least, most, above, below } };
}

/** A bound as a double, and whether that is all of it. */
const ofBound = ({ sign, digits, magnitude, special }: Decimal) => ({
  value: sign * (special === 'INF' ? Number.POSITIVE_INFINITY : Number(`0.${digits || '0'}E${magnitude}`)),
  isExact: digits.length <= EXACT_DIGITS && Math.abs(magnitude) <= EXACT_DIGITS,
});
