import type { Field } from '../../../../schemas/contracts/definition.ts';
import type { Condition } from '../../../../schemas/contracts/terms.ts';
import { literalOf } from '../literal.ts';
import { logicalTypeOf } from '../type-of.ts';
import { GREATEST_NUMBER } from './ordered-number.ts';
import { orderedValue } from './ordered-text.ts';

/** What a condition asks of an ordered text, compared byte by byte; both ends of a range belong to it. */
export type OrderedCondition =
  | { readonly oneOf: readonly string[] }
  | { readonly from?: string; readonly to?: string }
  | { readonly prefix: string };

/**
 * A row condition as one on ordered texts. What is missing fulfils none.
 * @throws if the value is not of the field's type, of which `termsProblems` tells
 */
export function orderedCondition(condition: Condition, field: Field): OrderedCondition {
  if (condition.op === 'prefix') return { prefix: condition.value };
  const text = literalText(field);
  switch (condition.op) {
    case 'eq':
      return { oneOf: [text(condition.value)] };
    case 'in':
      return { oneOf: [...new Set(condition.value.map(text))] };
    case 'min':
      return { from: text(condition.value), ...(field.type === 'number' && { to: GREATEST_NUMBER }) };
    case 'max':
      return { to: text(condition.value) };
    default:
      return condition satisfies never;
  }
}

function literalText(field: Field): (stated: unknown) => string {
  const type = logicalTypeOf(field);
  return (stated) => {
    const value = type && literalOf(field, type, stated);
    if (value === undefined)
      throw new Error(`a condition on a ${field.type} field has a value of another type: its terms were not checked`);
    return orderedValue(field, type!, value);
  };
}
