import type { Field } from '../../../schemas/contracts/definition.ts';
import type { LogicalType } from './logical-type.ts';

/** Table Schema v2, `boolean`: the defaults of `trueValues` and `falseValues`. */
export const TRUE_VALUES: readonly string[] = ['true', 'True', 'TRUE', '1'];
export const FALSE_VALUES: readonly string[] = ['false', 'False', 'FALSE', '0'];

export function booleanType(field: Pick<Field, 'trueValues' | 'falseValues'>): LogicalType<boolean> {
  const values = new Map<string, boolean>();
  for (const text of field.falseValues ?? FALSE_VALUES) values.set(text, false);
  for (const text of field.trueValues ?? TRUE_VALUES) values.set(text, true);
  return { read: (text) => values.get(text), canonical: String, json: String };
}
