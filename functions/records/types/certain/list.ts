import { FALSE_VALUES, TRUE_VALUES } from '../boolean.ts';
import { type Column, judge } from '../column.ts';
import { canonicalLiteral, categoryValues } from '../rules.ts';

/** How the values of a field may be written that can only be a few; undefined where they can be any. */
export function listedTexts(column: Column): string[] | undefined {
  const { field, type } = column;
  const { constraints, categories } = field;
  const lists = [constraints?.enum, categories && categoryValues(categories)].filter((list) => list !== undefined);
  if (field.type !== 'boolean' && lists.length === 0) return undefined;
  const truths = [...(field.trueValues ?? TRUE_VALUES), ...(field.falseValues ?? FALSE_VALUES)];
  const stated = lists.flat().flatMap((value) => [value, String(value), canonicalLiteral(field, type, value)]);
  const texts = new Set([
    ...(field.type === 'boolean' ? truths : []),
    ...stated.filter((value) => typeof value === 'string'),
  ]);
  return [...texts].filter((text) => text.isWellFormed() && judge(column, text).kind === 'good');
}
