import type { Change, ChangeKind } from '../../../schemas/contracts/compatibility.ts';
import type { ShareType } from '../../../schemas/contracts/definition.ts';
import { digestOf } from '../../kernel/digest.ts';
import type { About } from './pairs.ts';

export const titleKinds = { title: 'title-changed', titleEn: 'title-changed' } as const;

interface Facts {
  readonly about: About;
  /** Properties that other findings speak of. */
  readonly spokenOf: ReadonlySet<string>;
  /** Kinds of those that have one of their own. */
  readonly kinds: Readonly<Record<string, ChangeKind>>;
}

/** The properties in which two things differ and that nothing else speaks of; whatever the catalog comes to know is among them. */
export function factChanges(earlier: object, later: object, { about, spokenOf, kinds }: Facts): readonly Change[] {
  const before = earlier as Readonly<Record<string, unknown>>;
  const now = later as Readonly<Record<string, unknown>>;
  return Object.keys({ ...before, ...now })
    .filter((name) => !spokenOf.has(name) && !same(before[name], now[name]))
    .map((name) => ({
      kind: kinds[name] ?? 'entry-changed',
      path: `${about.path}/${name}`,
      fields: about.fields,
      ...sides(before[name], now[name]),
    }));
}

interface Shared {
  readonly shareType?: ShareType | undefined;
}

/** How a resource, or a field that says so itself, is shared. */
export function shareChange({ shareType: old }: Shared, { shareType: now }: Shared, { fields, path }: About): Change[] {
  if (old === now) return [];
  const kind = now === 'refused' ? 'share-refused' : 'share-type-changed';
  return [{ kind, path: `${path}/shareType`, fields, ...sides(old, now) }];
}

export const same = (left: unknown, right: unknown): boolean => digestOf(left ?? null) === digestOf(right ?? null);

/** Only what is there. */
export const sides = (old: unknown, now: unknown): Pick<Change, 'old' | 'new'> => ({
  ...(old !== undefined && { old }),
  ...(now !== undefined && { new: now }),
});
