import type { Field } from '../../../schemas/contracts/definition.ts';
import type { LogicalType } from './logical-type.ts';
import { integerType, numberType } from './numeric.ts';

const number = numberType({});
const integer = integerType({});

/**
 * A value that a definition or a filter states (bound, enum, category, condition): a JSON value of the field's type, or
 * a string in the field's own format (Table Schema v2, "Field Constraints"). Undefined if it is neither.
 */
export function literalOf(field: Pick<Field, 'type'>, type: LogicalType, stated: unknown): unknown {
  if (typeof stated === 'string') return type.read(stated);
  switch (field.type) {
    case 'any':
      return typeof stated === 'number' || typeof stated === 'boolean' ? type.read(String(stated)) : undefined;
    case 'integer':
      return typeof stated === 'number' ? integer.read(plainInteger(stated)) : undefined;
    case 'number':
      return typeof stated === 'number' ? number.read(String(stated)) : undefined;
    case 'year':
      return typeof stated === 'number' ? type.read(yearOf(stated)) : undefined;
    case 'boolean':
      return typeof stated === 'boolean' ? stated : undefined;
    case 'geopoint':
    case 'geojson':
      return typeof stated === 'object' ? type.read(JSON.stringify(stated)) : undefined;
    default:
      return undefined;
  }
}

/** JavaScript writes large integers as 1e+21. */
const plainInteger = (value: number): string => (Number.isInteger(value) ? BigInt(value).toString() : String(value));

/** A year has four digits at least, behind its sign. */
const yearOf = (year: number): string => (year < 0 ? '-' : '') + String(Math.abs(year)).padStart(4, '0');
