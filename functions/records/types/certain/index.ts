import type { Field } from '../../../../schemas/contracts/definition.ts';
import type { Column } from '../column.ts';
import type { Certain } from './contract.ts';
import { certainGeojson } from './geojson.ts';
import { certainPoint } from './geopoint.ts';
import type { LearnedPattern } from './pattern.ts';
import { certainText } from './text.ts';

/**
 * A column's test of bytes, for kinds that the native scan does not judge: patterns beyond ASCII, formats with a pattern, places
 * in JSON. Undefined for types and constraints that none knows.
 */
export function certainOf({ field }: Column, learned: LearnedPattern | undefined): Certain | undefined {
  const { type, categories, constraints = {}, check } = field;
  const only = (...names: string[]): boolean =>
    categories === undefined &&
    Object.keys(constraints).every((name) => ['required', 'unique', ...names].includes(name));
  if (type === 'string') return only('minLength', 'maxLength', 'pattern') ? certainText(field, learned) : undefined;
  return check === undefined && only() ? certainPlace(field) : undefined;
}

function certainPlace({ type, format }: Field): Certain | undefined {
  if (type === 'geopoint') return format === 'object' ? certainPoint : undefined;
  return type === 'geojson' ? certainGeojson(format) : undefined;
}
