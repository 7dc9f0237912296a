import type { Field } from '../../../../schemas/contracts/definition.ts';
import type { Column } from '../column.ts';
import type { Certain } from './contract.ts';
import { certainGeojson } from './geojson.ts';
import { certainGeopoint } from './geopoint.ts';
import { certainMoment } from './moment.ts';

const BOUNDS: readonly string[] = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];

/** A column's test of bytes; undefined for types and constraints that none knows. */
export function certainOf({ field, type }: Column): Certain | undefined {
  const { constraints = {}, categories, check } = field;
  const only = (...names: string[]): boolean =>
    categories === undefined &&
    check === undefined &&
    Object.keys(constraints).every((name) => ['required', 'unique', ...names].includes(name));
  if (MOMENTS.has(field.type)) return only(...BOUNDS) ? certainMoment(field, type) : undefined;
  return only() ? certainPlace(field) : undefined;
}

const MOMENTS: ReadonlySet<Field['type']> = new Set(['date', 'time', 'datetime', 'year', 'yearmonth']);

function certainPlace({ type, format }: Field): Certain | undefined {
  if (type === 'geopoint') return certainGeopoint(format);
  return type === 'geojson' ? certainGeojson(format) : undefined;
}
