import type { Field, ResourceDefinition, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { digestOf } from '../../kernel/digest.ts';
import { tightened } from './constraints.ts';

/** From the least to the most protected. */
const sensitivities: readonly Field['sensitivity'][] = ['public', 'internal', 'personal', 'sensitive'];

/**
 * How values are written, with what an absent property means (Table Schema v2, Field types): a change makes
 * yesterday's file unreadable, or readable as something else.
 */
const lexicalForms = {
  format: 'default',
  decimalChar: '.',
  groupChar: null,
  bareNumber: true,
  trueValues: ['true', 'True', 'TRUE', '1'],
  falseValues: ['false', 'False', 'FALSE', '0'],
  missingValues: null,
} as const satisfies Partial<Record<keyof Field, unknown>>;

type LexicalForm = keyof typeof lexicalForms;

const same = (left: unknown, right: unknown): boolean => digestOf(left ?? null) === digestOf(right ?? null);

/**
 * What a new definition takes away or forbids that the earlier one gave or allowed, each with its kind (`rule`) and its
 * place in the new definition. Finding is not judging: `publish` decides what follows from it.
 */
export function breakingChanges(earlier: ResourceDefinition, later: ResourceDefinition): readonly Violation[] {
  const present = new Map(
    later.schema.fields.map((field, index) => [field.name, { field, path: `/schema/fields/${index}` }]),
  );
  const known = new Set(earlier.schema.fields.map(({ name }) => name));
  return [
    ...earlier.schema.fields.flatMap((field) => {
      const now = present.get(field.name);
      return now
        ? fieldChanges(field, now.field, now.path)
        : [change('/schema/fields', 'field-removed', `the field ${field.name} is gone`)];
    }),
    ...[...present.values()].flatMap(({ field, path }) => (known.has(field.name) ? [] : additionProblems(field, path))),
    ...keyChanges(earlier.schema, later.schema),
  ];
}

function fieldChanges(earlier: Field, later: Field, path: string): readonly Violation[] {
  const { name } = later;
  const raised = sensitivities.indexOf(later.sensitivity) > sensitivities.indexOf(earlier.sensitivity);
  const rewritten = (form: LexicalForm) =>
    !same(earlier[form] ?? lexicalForms[form], later[form] ?? lexicalForms[form]);
  return [
    ...(earlier.type === later.type
      ? []
      : [change(`${path}/type`, 'type-changed', `${name} was ${earlier.type} and is ${later.type}`)]),
    ...(Object.keys(lexicalForms) as LexicalForm[])
      .filter(rewritten)
      .map((form) => change(`${path}/${form}`, 'format-changed', `${name} is written in another form (${form})`)),
    ...(later.check !== undefined && later.check !== earlier.check
      ? [change(`${path}/check`, 'constraint-tightened', `${name} must now pass ${later.check}`)]
      : []),
    ...tightened(earlier, later).map(({ constraint, rule, message }) =>
      change(`${path}/constraints/${constraint}`, rule, message),
    ),
    ...(raised
      ? [
          change(
            `${path}/sensitivity`,
            'sensitivity-raised',
            `${name} was ${earlier.sensitivity} and is ${later.sensitivity}`,
          ),
        ]
      : []),
  ];
}

const additionProblems = ({ name, constraints }: Field, path: string): readonly Violation[] =>
  constraints?.required
    ? [
        change(
          `${path}/constraints/required`,
          'field-required',
          `the new field ${name} is required, so files without it are refused`,
        ),
      ]
    : [];

function keyChanges(earlier: TableSchema, later: TableSchema): readonly Violation[] {
  const keys = new Set((earlier.uniqueKeys ?? []).map((key) => digestOf(key)));
  const added = (later.uniqueKeys ?? []).flatMap((key, index) =>
    keys.has(digestOf(key))
      ? []
      : [change(`/schema/uniqueKeys/${index}`, 'constraint-tightened', `${key.join('+')} must now be unique`)],
  );
  return [
    ...(same(earlier.primaryKey, later.primaryKey)
      ? []
      : [
          change(
            '/schema/primaryKey',
            'primary-key-changed',
            `the key was ${keyName(earlier)} and is ${keyName(later)}`,
          ),
        ]),
    ...added,
    ...(same(earlier.missingValues, later.missingValues)
      ? []
      : [change('/schema/missingValues', 'format-changed', 'missing values are written in another form')]),
  ];
}

const keyName = ({ primaryKey }: TableSchema): string => primaryKey?.join('+') ?? 'none';

const change = (path: string, rule: string, message: string): Violation => ({ path, rule, message });
