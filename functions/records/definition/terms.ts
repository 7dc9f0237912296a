import type { Field, FieldType, ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { Condition, Terms } from '../../../schemas/contracts/terms.ts';
import { literalOf } from '../types/literal.ts';
import { logicalTypeOf } from '../types/type-of.ts';
import { matchedBy } from './matched-by.ts';
import { modeProblems } from './mode-terms.ts';
import { pointer, problem } from './problem.ts';

type Fields = ReadonlyMap<string, Field>;

/** Types whose values have an order that `min` and `max` can use; strings order by code point. */
const ORDERED: ReadonlySet<FieldType> = new Set([
  'string',
  'integer',
  'number',
  'date',
  'time',
  'datetime',
  'year',
  'yearmonth',
]);

/** What in some terms does not fit the resource that they speak of; paths start at `/terms`. */
export function termsProblems(terms: Terms, definition: ResourceDefinition): Violation[] {
  const fields: Fields = new Map(definition.schema.fields.map((field) => [field.name, field]));
  return [
    ...listProblems('/terms/fields', terms.fields, fields),
    ...refusedProblems(terms, fields),
    ...terms.filter.flatMap((condition, i) => conditionProblems(`/terms/filter/${i}`, condition, fields)),
    ...maskProblems(terms, fields),
    ...matchProblems(terms, fields),
    ...modeProblems(terms, definition.schema),
    ...validityProblems(terms),
    ...(definition.modes.includes(terms.mode)
      ? []
      : [
          problem(
            '/terms/mode',
            'mode-not-offered',
            `the resource is offered for ${definition.modes.join(', ')}: choose one of these`,
          ),
        ]),
  ];
}

const unknown = (path: string, name: string): Violation =>
  problem(path, 'unknown-field', `the resource has no field ${JSON.stringify(name)}: name one of its fields`);

function listProblems(list: string, names: readonly string[], fields: Fields): Violation[] {
  return names.flatMap((name, i) => {
    const path = `${list}/${i}`;
    if (!fields.has(name)) return [unknown(path, name)];
    return names.indexOf(name) < i
      ? [problem(path, 'repeated-field', `${JSON.stringify(name)} stands twice: name each field once`)]
      : [];
  });
}

/** A field that is not shared is not asked about either: a filter on it would tell who has which value. */
function refusedProblems(terms: Terms, fields: Fields): Violation[] {
  const { fields: delivered, filter, mask } = terms;
  const named = [
    ...delivered.map((name, i) => [name, `/terms/fields/${i}`] as const),
    ...filter.map(({ field }, i) => [field, `/terms/filter/${i}/field`] as const),
    ...Object.keys(mask).map((name) => [name, `/terms/mask/${pointer(name)}`] as const),
    ...matchedBy(terms).map(({ field, path }) => [field, path] as const),
  ];
  return named
    .filter(([name]) => fields.get(name)?.shareType === 'refused')
    .map(([name, path]) =>
      problem(
        path,
        'sharing-refused',
        `${JSON.stringify(name)} is not shared; the catalog names the law that says so: leave it out`,
      ),
    );
}

function conditionProblems(path: string, condition: Condition, fields: Fields): Violation[] {
  const field = fields.get(condition.field);
  if (!field) return [unknown(`${path}/field`, condition.field)];
  const { op } = condition;
  if (op === 'prefix') {
    return field.type === 'string'
      ? []
      : [
          problem(
            `${path}/op`,
            'op-not-applicable',
            `prefix compares strings, and this field is a ${field.type}: use eq, in, min or max`,
          ),
        ];
  }
  if ((op === 'min' || op === 'max') && !ORDERED.has(field.type)) {
    return [problem(`${path}/op`, 'op-not-applicable', `values of type ${field.type} have no order: use eq or in`)];
  }
  return op === 'in'
    ? condition.value.flatMap((stated, i) => valueProblems(`${path}/value/${i}`, field, stated))
    : valueProblems(`${path}/value`, field, condition.value, op !== 'eq');
}

function valueProblems(path: string, field: Field, stated: unknown, ordered = false): Violation[] {
  const type = logicalTypeOf(field);
  const value = type && literalOf(field, type, stated);
  const usable = value !== undefined && (!ordered || type?.compare?.(value, value) === 0);
  return usable
    ? []
    : [
        problem(
          path,
          'filter-value',
          `not a value of type ${field.type} as the field writes it: no record could ever match`,
        ),
      ];
}

function maskProblems({ mask, fields: delivered }: Terms, fields: Fields): Violation[] {
  return Object.keys(mask).flatMap((name) => {
    const path = `/terms/mask/${pointer(name)}`;
    if (!fields.has(name)) return [unknown(path, name)];
    return delivered.includes(name)
      ? []
      : [
          problem(
            path,
            'mask-not-delivered',
            'only a field that is given can be masked: name it among the fields, or leave the mask out',
          ),
        ];
  });
}

/** Types of which no two values can be told to be equal by a text. */
const UNMATCHED: ReadonlySet<FieldType> = new Set(['geojson', 'any']);

/** The consumer knows the values that it brings, or learns from the answer whether they are right: no mask hides them. */
function matchProblems(terms: Terms, fields: Fields): Violation[] {
  const matched = matchedBy(terms);
  const masked = new Set(matched.map(({ field }) => field).filter((name) => Object.hasOwn(terms.mask, name)));
  return [
    ...matched.flatMap(({ field: name, path }) => {
      const field = fields.get(name);
      if (!field) return [unknown(path, name)];
      // Its values are names that nobody is given.
      if (field.reference !== undefined)
        return [problem(path, 'attachment-compared', 'nobody knows attachments by their names: leave this field out')];
      return UNMATCHED.has(field.type)
        ? [
            problem(
              path,
              'type-not-comparable',
              `values of type ${field.type} cannot be compared: leave this field out`,
            ),
          ]
        : [];
    }),
    ...[...masked].map((name) =>
      problem(
        `/terms/mask/${pointer(name)}`,
        'mask-on-key',
        'every answer tells whether a value of this field is right, which a mask would not hide: leave the mask out, or do not compare the field',
      ),
    ),
  ];
}

/** ISO dates order as text. Both days are part of the agreement. */
const validityProblems = ({ validFrom, validTo }: Terms): Violation[] =>
  validTo < validFrom
    ? [problem('/terms/validTo', 'validity', 'validTo is before validFrom: no day would be covered')]
    : [];
