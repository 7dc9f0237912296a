import type { Field } from '../../../schemas/contracts/definition.ts';
import { digestOf } from '../../kernel/digest.ts';

type Trait = (field: Field) => string | undefined;

/** By what a field is recognised under another name, the surest first. */
const traits: readonly Trait[] = [
  ({ name: _name, ...rest }) => digestOf(rest),
  ({ title }) => title?.normalize('NFKC').trim() || undefined,
];

/**
 * New names by old ones. A removed and an added field are one and the same if everything but the name is equal, or the
 * title is; and only if no other removed or added field could be meant as well.
 */
export function renamesAmong(removed: readonly Field[], added: readonly Field[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const trait of traits) {
    const taken = new Set(found.values());
    const before = single(removed, trait, (name) => found.has(name));
    const now = single(added, trait, (name) => taken.has(name));
    for (const [shared, old] of before) {
      const name = now.get(shared);
      if (name !== undefined) found.set(old, name);
    }
  }
  return found;
}

/** Names of fields by a trait that no other one of them has. */
function single(
  fields: readonly Field[],
  trait: Trait,
  isTaken: (name: string) => boolean,
): ReadonlyMap<string, string> {
  const bearers = new Map<string, string[]>();
  for (const field of fields) {
    const shared = isTaken(field.name) ? undefined : trait(field);
    if (shared !== undefined) bearers.set(shared, [...(bearers.get(shared) ?? []), field.name]);
  }
  return new Map(
    [...bearers].flatMap(([shared, [only, ...others]]) =>
      only === undefined || others.length > 0 ? [] : [[shared, only]],
    ),
  );
}
