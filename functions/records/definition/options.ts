import type { Field } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { FALSE_VALUES, TRUE_VALUES } from '../types/boolean.ts';
import { strptime } from '../types/strptime.ts';
import { formatOf } from '../types/temporal.ts';
import { logicalTypeOf } from '../types/type-of.ts';
import { listProblems } from './lists.ts';
import { problem } from './problem.ts';

const FORMATS: Readonly<Partial<Record<Field['type'], string>>> = {
  string: 'default, email, uri, binary or uuid',
  date: 'default, any or a strptime pattern',
  time: 'default, any or a strptime pattern',
  datetime: 'default, any or a strptime pattern',
  geopoint: 'default, array or object',
  geojson: 'default or topojson',
};

/** Format, check and the options that change how a type is written. */
export function optionProblems(path: string, field: Field): Violation[] {
  return [
    ...formatProblems(path, field),
    ...(field.check !== undefined && field.type !== 'string'
      ? [
          problem(
            `${path}/check`,
            'check-not-applicable',
            `the check ${field.check} reads strings: make the field's type string, or leave the check out`,
          ),
        ]
      : []),
    ...(field.missingValues ? listProblems(`${path}/missingValues`, field.missingValues) : []),
    ...(field.type === 'boolean' ? booleanProblems(path, field) : []),
    ...(field.type === 'number' || field.type === 'integer' ? characterProblems(path, field) : []),
  ];
}

function formatProblems(path: string, field: Field): Violation[] {
  if (logicalTypeOf(field)) return [];
  const pattern = formatOf(field.format);
  const made = pattern.includes('%') ? strptime(pattern) : undefined;
  const reason = typeof made === 'string' ? `; in this one ${made}` : '';
  return [
    problem(
      `${path}/format`,
      'unknown-format',
      `the formats of ${field.type} are ${FORMATS[field.type] ?? 'default alone'}${reason}`,
    ),
  ];
}

function booleanProblems(path: string, { trueValues, falseValues }: Field): Violation[] {
  const both = (trueValues ?? TRUE_VALUES).filter((text) => (falseValues ?? FALSE_VALUES).includes(text));
  return both.length === 0
    ? []
    : [
        problem(
          `${path}/${trueValues ? 'trueValues' : 'falseValues'}`,
          'overlapping-values',
          `${both.map((text) => JSON.stringify(text)).join(', ')} would be true and false: keep each in one list (the defaults count where a list is absent)`,
        ),
      ];
}

const PART_OF_A_NUMBER = /^[\p{N}\p{Pd}+\u2212eE]$/u;

function characterProblems(path: string, { type, decimalChar = '.', groupChar }: Field): Violation[] {
  const ambiguous = (
    [
      ['decimalChar', type === 'number' ? decimalChar : '.'],
      ['groupChar', groupChar],
    ] as const
  )
    .filter(([, char]) => char !== undefined && PART_OF_A_NUMBER.test(char))
    .map(([name]) =>
      problem(
        `${path}/${name}`,
        'ambiguous-character',
        `a digit, sign, dash or E already means something in a number: choose another ${name}`,
      ),
    );
  return type === 'number' && groupChar === decimalChar
    ? [
        ...ambiguous,
        problem(
          `${path}/groupChar`,
          'ambiguous-character',
          'groupChar and decimalChar are the same character: choose two',
        ),
      ]
    : ambiguous;
}
