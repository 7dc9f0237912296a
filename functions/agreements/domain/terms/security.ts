import type { Field, ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../../schemas/contracts/problem.ts';
import type { Terms } from '../../../../schemas/contracts/terms.ts';
import { showsWithin } from '../../../reading/masks.ts';
import { matchedBy } from '../../../records/index.ts';
import { pointer } from './pointer.ts';

type Fields = ReadonlyMap<string, Field>;

/**
 * What terms must state at least, by the sensitivity of what they ask for; paths start at `/terms`.
 *
 * - A `sensitive` field is masked, or the terms say why it is needed as it is. A condition on one tells its value of every
 *   record that is delivered, so that it needs the reason whatever the mask; so does a field by which records are found or
 *   compared, since every answer tells whether a value of it is right.
 * - A reason where none is needed is an error: it would be read as permission.
 * - With `personal` or `sensitive` data, given or compared, the consumer states how it keeps them (`duties.security`), unless all are hidden.
 */
export function securityProblems(terms: Terms, definition: ResourceDefinition): Violation[] {
  const fields: Fields = new Map(definition.schema.fields.map((field) => [field.name, field]));
  return [...unjustified(terms, fields), ...needless(terms, fields), ...unprotected(terms, fields)];
}

const isSensitive = (name: string, fields: Fields): boolean => fields.get(name)?.sensitivity === 'sensitive';

function unjustified(terms: Terms, fields: Fields): Violation[] {
  const reasonFor = (name: string) => Object.hasOwn(terms.justification ?? {}, name);
  const bare = (name: string) => isSensitive(name, fields) && !reasonFor(name);
  return [
    ...terms.fields.flatMap((name, i): Violation[] =>
      bare(name) && !Object.hasOwn(terms.mask, name)
        ? [
            {
              path: `/terms/fields/${i}`,
              rule: 'mask-or-justify',
              message: `${JSON.stringify(name)} is sensitive: mask it, or say under justification why it is needed as it is`,
            },
          ]
        : [],
    ),
    ...terms.filter.flatMap(({ field }, i): Violation[] =>
      bare(field)
        ? [
            {
              path: `/terms/filter/${i}`,
              rule: 'justify-condition',
              message: `a condition on ${JSON.stringify(field)} tells its sensitive value: say under justification why it is needed`,
            },
          ]
        : [],
    ),
    ...matchedBy(terms).flatMap(({ field, path }): Violation[] =>
      bare(field)
        ? [
            {
              path,
              rule: 'justify-comparison',
              message: `answers tell whether a sensitive value of ${JSON.stringify(field)} is right: say under justification why it is needed`,
            },
          ]
        : [],
    ),
  ];
}

function needless(terms: Terms, fields: Fields): Violation[] {
  const { justification = {}, fields: given, filter } = terms;
  const asked = new Set([...given, ...[...filter, ...matchedBy(terms)].map(({ field }) => field)]);
  return Object.keys(justification)
    .filter((name) => !asked.has(name) || !isSensitive(name, fields))
    .map((name) => ({
      path: `/terms/justification/${pointer(name)}`,
      rule: 'needless-justification',
      message: 'these terms ask for no sensitive field of this name: leave the justification out',
    }));
}

function unprotected(terms: Terms, fields: Fields): Violation[] {
  const { fields: given, mask, duties } = terms;
  const aboutPersons = [...given, ...matchedBy(terms).map(({ field }) => field)].some((name) => {
    const sensitivity = fields.get(name)?.sensitivity;
    const hidden = Object.hasOwn(mask, name) && showsWithin(mask[name], 'hide');
    return (sensitivity === 'personal' || sensitivity === 'sensitive') && !hidden;
  });
  return aboutPersons && duties.security.trim() === ''
    ? [
        {
          path: '/terms/duties/security',
          rule: 'security-required',
          message: 'these terms ask for personal or sensitive data: state how they are kept safe',
        },
      ]
    : [];
}
