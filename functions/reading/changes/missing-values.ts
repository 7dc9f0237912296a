import type { Change } from '../../../schemas/contracts/compatibility.ts';
import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import { same } from './facts.ts';
import type { Kept } from './pairs.ts';

/** A field's own list replaces the schema's; labels say nothing about what is written. */
const markersOf = ({ missingValues }: Field, schema: TableSchema): readonly string[] =>
  (missingValues ?? schema.missingValues).map((entry) => (typeof entry === 'string' ? entry : entry.value)).toSorted();

/** One change for all fields that follow the schema, and one for each that has a list of its own in either version. */
export function markerChanges(kept: readonly Kept[], before: TableSchema, now: TableSchema): readonly Change[] {
  const altered = kept
    .map((pair) => ({ ...pair, old: markersOf(pair.earlier, before), new: markersOf(pair.later, now) }))
    .filter((each) => !same(each.old, each.new));
  const following = altered.filter(({ earlier, later }) => !earlier.missingValues && !later.missingValues);
  const [first] = following;
  return [
    ...(first
      ? [
          {
            kind: 'missing-values-changed' as const,
            path: '/schema/missingValues',
            fields: following.map(({ earlier }) => earlier.name),
            old: first.old,
            new: first.new,
          },
        ]
      : []),
    ...altered
      .filter((each) => !following.includes(each))
      .map(({ earlier, path, ...values }) => ({
        kind: 'missing-values-changed' as const,
        path: `${path}/missingValues`,
        fields: [earlier.name],
        old: values.old,
        new: values.new,
      })),
  ];
}
