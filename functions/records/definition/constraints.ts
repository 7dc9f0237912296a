import { type Constraints, type Field, FieldType } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { literalOf } from '../types/literal.ts';
import type { LogicalType } from '../types/logical-type.ts';
import { isPattern, patternOf } from '../types/patterns/pattern.ts';
import { isCostly, LONGEST_COSTLY } from '../types/patterns/states.ts';
import { canonicalLiteral, categoryValues } from '../types/rules.ts';
import { logicalTypeOf } from '../types/type-of.ts';
import { misreadIn } from './misread-pattern.ts';
import { problem } from './problem.ts';

const ORDERED: readonly FieldType[] = ['integer', 'number', 'date', 'time', 'datetime', 'year', 'yearmonth'];
const LENGTHS = ['minLength', 'maxLength'] as const;
const BOUNDS = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const;
type BoundName = (typeof BOUNDS)[number];

/** Table Schema v2, "Field Constraints": which types have which. */
const FIELDS_OF: Readonly<Record<keyof Constraints, readonly FieldType[]>> = {
  required: FieldType.options,
  unique: FieldType.options,
  enum: FieldType.options,
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
  minimum: ORDERED,
  exclusiveMinimum: ORDERED,
  maximum: ORDERED,
  exclusiveMaximum: ORDERED,
};

export function constraintProblems(path: string, field: Field): Violation[] {
  const type = logicalTypeOf(field);
  const misplaced = misplacedConstraints(path, field);
  if (!type) return misplaced;
  return [
    ...misplaced,
    ...lengthProblems(path, field.constraints ?? {}),
    ...(field.type === 'string' ? patternProblems(path, field.constraints?.pattern) : []),
    ...(ORDERED.includes(field.type) ? boundProblems(path, field, type) : []),
    ...enumProblems(path, field, type),
    ...categoryProblems(path, field, type),
  ];
}

function misplacedConstraints(path: string, { type, constraints = {} }: Field): Violation[] {
  return Object.entries(FIELDS_OF)
    .filter(([name, types]) => Object.hasOwn(constraints, name) && !types.includes(type))
    .map(([name, types]) =>
      problem(
        `${path}/constraints/${name}`,
        'constraint-not-applicable',
        `Table Schema gives ${name} to ${types.join(', ')}, not to ${type}: leave it out`,
      ),
    );
}

function lengthProblems(path: string, { minLength, maxLength }: Constraints): Violation[] {
  return minLength !== undefined && maxLength !== undefined && minLength > maxLength
    ? [
        problem(
          `${path}/constraints/${LENGTHS[0]}`,
          'contradictory-bounds',
          'minLength is above maxLength: no value can be right',
        ),
      ]
    : [];
}

function patternProblems(path: string, pattern: string | undefined): Violation[] {
  if (pattern === undefined) return [];
  const made = patternOf(pattern);
  const at = `${path}/constraints/pattern`;
  if (!isPattern(made)) return [problem(at, made.rule, made.message)];
  const misread = misreadIn(pattern);
  if (misread !== undefined) return [problem(at, 'invalid-pattern', misread)];
  return isCostly(pattern)
    ? [
        problem(
          at,
          'unsafe-pattern',
          `a value can be at too many places of the pattern at once, which makes long ones slow: bound its repetitions (* and +) so that it matches at most ${LONGEST_COSTLY} characters, or let what follows a repetition begin with a character that the repetition does not take`,
        ),
      ]
    : [];
}

function boundProblems(path: string, field: Field, type: LogicalType): Violation[] {
  const stated = BOUNDS.filter((name) => field.constraints?.[name] !== undefined);
  const values = new Map<BoundName, unknown>(
    stated.map((name) => [name, literalOf(field, type, field.constraints?.[name])]),
  );
  const comparable = (value: unknown): boolean => value !== undefined && type.compare?.(value, value) === 0;
  const wrong = stated.filter((name) => !comparable(values.get(name)));
  if (wrong.length > 0) {
    return wrong.map((name) =>
      problem(
        `${path}/constraints/${name}`,
        'bound-value',
        `${name} is no ${field.type}: write a value of the field's type, or a string in its format`,
      ),
    );
  }
  return contradiction(values, type)
    ? [
        problem(
          `${path}/constraints`,
          'contradictory-bounds',
          'the lower bound is above the upper one: no value can be right',
        ),
      ]
    : [];
}

function contradiction(values: ReadonlyMap<BoundName, unknown>, type: LogicalType): boolean {
  const clash = (low: BoundName, high: BoundName): boolean => {
    if (!values.has(low) || !values.has(high)) return false;
    const order = type.compare?.(values.get(low), values.get(high)) ?? 0;
    return order > 0 || (order === 0 && (low !== 'minimum' || high !== 'maximum'));
  };
  return (['minimum', 'exclusiveMinimum'] as const).some((low) =>
    (['maximum', 'exclusiveMaximum'] as const).some((high) => clash(low, high)),
  );
}

function enumProblems(path: string, field: Field, type: LogicalType): Violation[] {
  const categories =
    field.categories &&
    new Set(categoryValues(field.categories).map((stated) => canonicalLiteral(field, type, stated)));
  return (field.constraints?.enum ?? []).flatMap((stated, i) => {
    const at = `${path}/constraints/enum/${i}`;
    const canonical = canonicalLiteral(field, type, stated);
    if (canonical === undefined)
      return [
        problem(at, 'enum-value', `not a value of type ${field.type}: write one, or a string in the field's format`),
      ];
    return categories && !categories.has(canonical)
      ? [problem(at, 'enum-value', 'not one of the categories: an enum is a subset of them')]
      : [];
  });
}

/** Table Schema v2, `categories`: of string and integer fields, values and labels each once. */
function categoryProblems(path: string, field: Field, type: LogicalType): Violation[] {
  const { categories } = field;
  if (!categories) return [];
  if (field.type !== 'string' && field.type !== 'integer') {
    return [
      problem(
        `${path}/categories`,
        'categories-not-applicable',
        `Table Schema gives categories to string and integer, not to ${field.type}: use an enum`,
      ),
    ];
  }
  const values = categoryValues(categories).map((stated) => canonicalLiteral(field, type, stated));
  const labels = categories.map((category) => (typeof category === 'object' ? category.label : undefined));
  return values.flatMap((value, i) => {
    const at = `${path}/categories/${i}`;
    if (value === undefined) return [problem(at, 'category-value', `not a value of type ${field.type}: write one`)];
    const again = values.indexOf(value) < i || (labels[i] !== undefined && labels.indexOf(labels[i]) < i);
    return again ? [problem(at, 'repeated-value', 'this value or its label stands twice: list each once')] : [];
  });
}
