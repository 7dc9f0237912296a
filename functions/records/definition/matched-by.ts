import type { Terms } from '../../../schemas/contracts/terms.ts';

/** A field by which the consumer finds records, and where the terms say so. */
export interface Matched {
  readonly field: string;
  readonly path: string;
}

/** The fields whose values the consumer brings: each answer tells whether they are right. None where files just come. */
export function matchedBy(terms: Terms): readonly Matched[] {
  switch (terms.mode) {
    case 'delivery':
      return [];
    case 'lookup':
      return placed('/terms/key', terms.key);
    case 'comparison':
      return [...placed('/terms/key', terms.key), ...placed('/terms/compare', terms.compare)];
    default:
      return terms satisfies never;
  }
}

const placed = (path: string, fields: readonly string[]): Matched[] =>
  fields.map((field, i) => ({ field, path: `${path}/${i}` }));

/** Whether records are named by the resource's primary key: edits do so, and lookups. */
export function namesByPrimaryKey(terms: Terms): boolean {
  switch (terms.mode) {
    case 'delivery':
      return terms.content === 'changes';
    case 'lookup':
      return true;
    case 'comparison':
      return false;
    default:
      return terms satisfies never;
  }
}
