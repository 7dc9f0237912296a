import type { TableSchema } from '../../../schemas/contracts/definition.ts';

/**
 * The fields of an input that a statement can read, of those that its agreement gives. Not those that name attachments: a
 * photo is asked for one by one, of the delivery or the lookup that shows whose it is, and a derived record is neither.
 */
export function derivableOf(
  { fields }: TableSchema,
  given: readonly string[] = fields.map(({ name }) => name),
): readonly string[] {
  const attachments = new Set(fields.filter(({ reference }) => reference !== undefined).map(({ name }) => name));
  return given.filter((name) => !attachments.has(name));
}
