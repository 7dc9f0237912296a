import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { formatOf } from '../types/temporal.ts';
import { problem } from './problem.ts';

type Fields = ResourceDefinition['schema']['fields'];

/**
 * Of a field whose values name attachments: consumers get references in their place, which are others in each delivery, so
 * that it can be no key; and an upload of attachments names no field, so that there is one of them.
 */
export function attachmentProblems({ schema, derivation }: ResourceDefinition): Violation[] {
  const { fields, primaryKey = [], uniqueKeys = [] } = schema;
  const keys = new Set([...primaryKey, ...uniqueKeys.flat()]);
  return fields.flatMap((field, i) => {
    const at = `/schema/fields/${i}/reference`;
    if (field.reference === undefined) return withoutReference(field, i);
    return [
      ...(field.type === 'string' && formatOf(field.format) === 'default'
        ? []
        : [problem(at, 'attachment-type', 'an attachment has a name: make the field a string, without a format')]),
      ...(fields.findIndex(({ reference }) => reference !== undefined) < i
        ? [problem(at, 'one-attachment', 'a resource has one field that names attachments: leave this one out')]
        : []),
      ...(keys.has(field.name)
        ? [problem(at, 'attachment-in-key', 'a field that names attachments tells no records apart: take another key')]
        : []),
      ...(derivation
        ? [problem(at, 'attachment-derived', 'nothing is uploaded of a derived resource: leave the reference out')]
        : []),
    ];
  });
}

const withoutReference = ({ attachment }: Fields[number], i: number): Violation[] =>
  attachment === undefined
    ? []
    : [
        problem(
          `/schema/fields/${i}/attachment`,
          'attachment-without-reference',
          'says what attachments may be: add "reference": "attachment", or leave it out',
        ),
      ];
