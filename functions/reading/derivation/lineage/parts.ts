import type { Column, Expression } from '../statement/syntax.ts';

/** What has to hold together. */
export const conjunctsOf = (expression: Expression): Expression[] =>
  expression.kind === 'and' ? expression.parts.flatMap(conjunctsOf) : [expression];

/** The columns that a value of one record is made of; undefined where it is made of more than one record. */
export function columnsIn(expression: Expression): Column[] | undefined {
  const parts = partsOf(expression);
  if (!parts) return undefined;
  const columns = parts.map(columnsIn);
  return columns.some((found) => found === undefined)
    ? undefined
    : [...(expression.kind === 'column' ? [expression] : []), ...columns.flatMap((found) => found ?? [])];
}

function partsOf(expression: Expression): readonly Expression[] | undefined {
  switch (expression.kind) {
    case 'column':
    case 'constant':
      return [];
    case 'and':
    case 'equal':
    case 'call':
      return expression.parts;
    case 'choice':
      return [...expression.values, ...expression.conditions];
    case 'aggregate':
    case 'window':
    case 'subquery':
    case 'star':
      return undefined;
    default:
      return expression satisfies never;
  }
}

/** Whether one value is made of many records. Those of a window are each one's own. */
export function isAggregate(expression: Expression): boolean {
  switch (expression.kind) {
    case 'aggregate':
      return true;
    case 'window':
      return [...expression.parts, ...expression.partition, ...expression.order].some(isAggregate);
    case 'subquery':
      return expression.sought !== undefined && isAggregate(expression.sought);
    case 'star':
      return false;
    default:
      return (partsOf(expression) ?? []).some(isAggregate);
  }
}
