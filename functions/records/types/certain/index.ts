import type { Field } from '../../../../schemas/contracts/definition.ts';
import type { Column } from '../column.ts';
import type { AroundDigits } from './around-digits.ts';
import type { Certain } from './contract.ts';
import { certainGeojson } from './geojson.ts';
import { certainGeopoint } from './geopoint.ts';
import { certainList, listedTexts } from './list.ts';
import { certainMoment } from './moment.ts';
import { aroundOf, certainNumber } from './number.ts';
import { certainText } from './text.ts';

const BOUNDS: readonly string[] = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];

/** A column's test of bytes; undefined for types and constraints that none knows. */
export function certainOf(
  column: Column,
  around: AroundDigits | undefined = aroundOf(column.field, column.type),
): Certain | undefined {
  const { field, type } = column;
  const listed = listedTexts(column);
  if (listed) return certainList(listed);
  const { constraints = {}, check } = field;
  const only = (...names: string[]): boolean =>
    Object.keys(constraints).every((name) => ['required', 'unique', ...names].includes(name));
  if (field.type === 'string') return only('minLength', 'maxLength', 'pattern') ? certainText(field) : undefined;
  if (check !== undefined) return undefined;
  if (field.type === 'integer' || field.type === 'number')
    return only(...BOUNDS) ? certainNumber(field, type, around) : undefined;
  if (MOMENTS.has(field.type)) return only(...BOUNDS) ? certainMoment(field, type) : undefined;
  return only() ? certainPlace(field) : undefined;
}

const MOMENTS: ReadonlySet<Field['type']> = new Set(['date', 'time', 'datetime', 'year', 'yearmonth']);

function certainPlace({ type, format }: Field): Certain | undefined {
  if (type === 'geopoint') return certainGeopoint(format);
  return type === 'geojson' ? certainGeojson(format) : undefined;
}
