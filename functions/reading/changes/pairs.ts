import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import { renamesAmong } from './renames.ts';

/** A field that both versions have, under its own name or another one, with its place in the later version. */
export interface Kept {
  readonly earlier: Field;
  readonly later: Field;
  readonly path: string;
}

interface Placed {
  readonly field: Field;
  readonly path: string;
}

export interface Pairs {
  readonly kept: readonly Kept[];
  readonly gone: readonly Field[];
  readonly fresh: readonly Placed[];
}

/** The fields that changes are about, as the earlier version calls them, and their place in the later definition. */
export interface About {
  readonly fields: string[];
  readonly path: string;
}

/** Which field of the later version is which of the earlier one. */
export function pairs(earlier: TableSchema, later: TableSchema): Pairs {
  const placed = later.fields.map((field, index): Placed => ({ field, path: `/schema/fields/${index}` }));
  const present = new Map(placed.map((each) => [each.field.name, each]));
  const known = new Set(earlier.fields.map(({ name }) => name));
  const removed = earlier.fields.filter(({ name }) => !present.has(name));
  const added = placed.filter(({ field }) => !known.has(field.name));
  const renames = renamesAmong(
    removed,
    added.map(({ field }) => field),
  );
  const renamedTo = new Set(renames.values());
  return {
    kept: earlier.fields.flatMap((field) => {
      const now = present.get(renames.get(field.name) ?? field.name);
      return now ? [{ earlier: field, later: now.field, path: now.path }] : [];
    }),
    gone: removed.filter(({ name }) => !renames.has(name)),
    fresh: added.filter(({ field }) => !renamedTo.has(field.name)),
  };
}
