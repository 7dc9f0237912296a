import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import type { Condition, DeliveryTerms, Mask } from '../../../schemas/contracts/terms.ts';
import { stableJson } from '../types/stable-json.ts';

/** What some terms ask for, in canonical form. */
export const extractSpec = ({ fields, filter, mask, format }: DeliveryTerms): ExtractSpec =>
  canonicalSpec({ fields, filter, mask, format });

/**
 * Equal extracts have equal JSON: masks of delivered fields alone, in the order of their names; conditions in an order of
 * their own, each once. Fields stay as they are: their order is part of the extract.
 */
export function canonicalSpec({ fields, filter, mask, format }: ExtractSpec): ExtractSpec {
  const conditions = new Map(filter.map(canonicalCondition).map((condition) => [stableJson(condition), condition]));
  return {
    fields: [...fields],
    filter: [...conditions.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, condition]) => condition),
    mask: canonicalMask(fields, mask),
    format,
  };
}

function canonicalMask(fields: readonly string[], mask: Readonly<Record<string, Mask>>): Record<string, Mask> {
  return Object.fromEntries(
    Object.entries(mask)
      .filter(([field]) => fields.includes(field))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Members in one order; a list of alternatives sorted, each once. */
function canonicalCondition({ field, op, value }: Condition): Condition {
  return { field, op, value: Array.isArray(value) ? sortedOnce(value) : value } as Condition;
}

function sortedOnce<T>(values: readonly T[]): T[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
