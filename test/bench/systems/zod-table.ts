import { z } from 'zod';
import type { Field } from '../../../schemas/contracts/definition.ts';
import type { BenchTable } from '../tables/table.ts';
import { isAtMost, isDay, orEmpty, whole } from './zod-row.ts';

/** One row of a table, with the constraints that the tables of the bench have. */
export const rowOf = ({ schema }: BenchTable) =>
  z.object(Object.fromEntries(schema.fields.map((field) => [field.name, cellOf(field)])));

function cellOf(field: Field) {
  const test = testOf(field);
  return field.constraints?.required === true
    ? z.string().refine((text) => text !== '' && test(text), field.type)
    : orEmpty(test, field.type);
}

function testOf({
  type,
  constraints: { pattern, enum: listed, maxLength, minimum } = {},
}: Field): (text: string) => boolean {
  if (pattern !== undefined) {
    const shape = new RegExp(whole(pattern).source, 'u');
    return (text) => shape.test(text);
  }
  if (listed) {
    const values = new Set<unknown>(listed);
    return (text) => values.has(text);
  }
  if (maxLength !== undefined) return (text) => isAtMost(maxLength, text);
  const least = String(minimum ?? '');
  switch (type) {
    case 'integer':
      return (text) => /^[+-]?\d+$/.test(text) && Number(text) >= Number(least);
    case 'number':
      return (text) => /^[+-]?\d+(\.\d+)?$/.test(text) && Number(text) >= Number(least);
    case 'date':
      return (text) => isDay(text) && text >= least;
    case 'datetime':
      return (text) => isDay(text.slice(0, 10)) && CLOCK.test(text.slice(10)) && text >= least;
    default:
      return () => true;
  }
}

const CLOCK = /^T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
