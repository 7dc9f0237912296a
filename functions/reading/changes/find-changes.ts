import type { Change } from '../../../schemas/contracts/compatibility.ts';
import type { Field, ResourceDefinition, TableSchema } from '../../../schemas/contracts/definition.ts';
import { digestOf } from '../../kernel/digest.ts';
import { derivationChanges } from './derivation-changes.ts';
import { entryChanges } from './entry-changes.ts';
import { fieldChanges } from './field-changes.ts';
import { markerChanges } from './missing-values.ts';
import { pairs, type Kept } from './pairs.ts';

/**
 * Everything that differs between two definitions, each as a named kind with its place in the later one. Finding is not
 * judging: the policy says what follows from a kind. Orders that mean nothing (of fields, of a key's parts, of lists of
 * words) are no difference.
 */
export function findChanges(earlier: ResourceDefinition, later: ResourceDefinition): readonly Change[] {
  const { kept, gone, fresh } = pairs(earlier.schema, later.schema);
  return [
    ...kept.flatMap((pair) => [...renaming(pair), ...fieldChanges(pair)]),
    ...gone.map(({ name }): Change => ({ kind: 'field-removed', path: '/schema/fields', fields: [name], old: name })),
    ...fresh.map(({ field, path }) => addition(field, path, later.schema)),
    ...markerChanges(kept, earlier.schema, later.schema),
    ...keyChanges(earlier.schema, later.schema),
    ...entryChanges(earlier, later),
    ...derivationChanges(earlier, later),
  ];
}

const renaming = ({ earlier, later, path }: Kept): readonly Change[] =>
  earlier.name === later.name
    ? []
    : [
        {
          kind: 'field-renamed',
          path: `${path}/name`,
          fields: [earlier.name],
          old: earlier.name,
          new: later.name,
        },
      ];

/** Required by its constraint, or as a part of the primary key. */
const addition = ({ name, constraints }: Field, path: string, { primaryKey = [] }: TableSchema): Change => ({
  kind: constraints?.required || primaryKey.includes(name) ? 'field-required-added' : 'field-added',
  path,
  fields: [name],
  new: name,
});

/** A key is its fields, in whatever order. */
const keyDigest = (key: readonly string[] | undefined): string => digestOf(key?.toSorted() ?? null);

function keyChanges(earlier: TableSchema, later: TableSchema): readonly Change[] {
  const before = earlier.primaryKey;
  const now = later.primaryKey;
  const primary: Change = {
    kind: 'key-changed',
    path: '/schema/primaryKey',
    fields: before ?? [],
    ...(before && { old: before }),
    ...(now && { new: now }),
  };
  return [...(keyDigest(before) === keyDigest(now) ? [] : [primary]), ...uniqueKeyChanges(earlier, later)];
}

function uniqueKeyChanges({ uniqueKeys: before = [] }: TableSchema, { uniqueKeys: now = [] }: TableSchema): Change[] {
  const without = (keys: readonly string[][]) => {
    const digests = new Set(keys.map(keyDigest));
    return (key: readonly string[]) => !digests.has(keyDigest(key));
  };
  const isNew = without(before);
  return [
    ...before
      .filter(without(now))
      .map((key): Change => ({ kind: 'unique-key-removed', path: '/schema/uniqueKeys', fields: key, old: key })),
    ...now.flatMap((key, index): Change[] =>
      isNew(key) ? [{ kind: 'unique-key-added', path: `/schema/uniqueKeys/${index}`, fields: key, new: key }] : [],
    ),
  ];
}
