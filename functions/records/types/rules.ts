import type { Field } from '../../../schemas/contracts/definition.ts';
import { CODE_CHECKS } from './checks/index.ts';
import { literalOf } from './literal.ts';
import type { LogicalType } from './logical-type.ts';
import { isPattern, patternOf } from './patterns/pattern.ts';
import { characters } from './text.ts';

/** One rule of a present value; `name` is what the report says. */
export interface Rule {
  readonly name: string;
  readonly holds: (text: string, value: unknown) => boolean;
}

/** In the order in which a report lists them. */
export function rulesOf(field: Field, type: LogicalType): Rule[] {
  return [
    ...lengthRules(field),
    ...patternRule(field),
    ...enumRule(field, type),
    ...boundRules(field, type),
    ...checkRule(field),
  ];
}

function lengthRules({ constraints: { minLength, maxLength } = {} }: Field): Rule[] {
  const rules: Rule[] = [];
  if (minLength !== undefined) rules.push({ name: 'minLength', holds: (text) => characters(text) >= minLength });
  if (maxLength !== undefined) rules.push({ name: 'maxLength', holds: (text) => characters(text) <= maxLength });
  return rules;
}

function patternRule({ constraints }: Field): Rule[] {
  if (constraints?.pattern === undefined) return [];
  const made = patternOf(constraints.pattern);
  if (!isPattern(made)) throw new Error(`a published pattern does not compile: ${made.message}`);
  return [{ name: 'pattern', holds: made.matches }];
}

export const categoryValues = (categories: NonNullable<Field['categories']>): unknown[] =>
  categories.map((category) => (typeof category === 'object' ? category.value : category));

/** `categories` restrict as an enum does (Table Schema v2); a value outside of either is one `enum` violation. */
function enumRule(field: Field, type: LogicalType): Rule[] {
  const lists = [field.constraints?.enum, field.categories && categoryValues(field.categories)].filter(
    (list) => list !== undefined,
  );
  if (lists.length === 0) return [];
  const sets = lists.map((list) => new Set(list.map((stated) => canonicalLiteral(field, type, stated))));
  return [{ name: 'enum', holds: (_, value) => sets.every((set) => set.has(type.canonical(value))) }];
}

export function canonicalLiteral(field: Field, type: LogicalType, stated: unknown): string | undefined {
  const value = literalOf(field, type, stated);
  return value === undefined ? undefined : type.canonical(value);
}

type Bound = [stated: string | number | undefined, holds: (comparison: number) => boolean];

/** Exclusive bounds report under the name of the bound that they sharpen. NaN is within no bounds. */
function boundRules(field: Field, type: LogicalType): Rule[] {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = field.constraints ?? {};
  return [
    ...boundRule('minimum', field, type, [
      [minimum, (c) => c >= 0],
      [exclusiveMinimum, (c) => c > 0],
    ]),
    ...boundRule('maximum', field, type, [
      [maximum, (c) => c <= 0],
      [exclusiveMaximum, (c) => c < 0],
    ]),
  ];
}

function boundRule(name: string, field: Field, type: LogicalType, bounds: Bound[]): Rule[] {
  const stated = bounds.filter(([bound]) => bound !== undefined);
  if (stated.length === 0) return [];
  const tests = stated.map(([bound, holds]) => {
    const limit = literalOf(field, type, bound);
    return (value: unknown) => holds(type.compare?.(value, limit) ?? Number.NaN);
  });
  return [{ name, holds: (_, value) => tests.every((test) => test(value)) }];
}

function checkRule({ check }: Field): Rule[] {
  if (check === undefined) return [];
  const test = CODE_CHECKS[check];
  return [
    {
      name: check,
      holds: (text) => {
        const bytes = Buffer.from(text, 'utf8');
        return test(bytes, 0, bytes.length);
      },
    },
  ];
}
