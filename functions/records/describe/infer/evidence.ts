import type { Field } from '../../../../schemas/contracts/definition.ts';
import type { Profile } from './profile.ts';

/** What a proposal rests on. */
export interface Evidence {
  readonly name: string;
  /** Records that were looked at, and how many of them have no value in this column. */
  readonly seen: number;
  readonly missing: number;
  /** Different values; an estimate (within a few percent) where there are many. */
  readonly distinct: number;
  readonly exact: boolean;
  /** A value of the file; never of a field that may be a person's. */
  readonly example?: string;
}

const MAX_EXAMPLE = 40;

export function evidenceOf(profile: Profile, field: Field | undefined, seen: number): Evidence {
  const { name, distinct, words, first } = profile;
  const asMissing = new Set(
    (field?.missingValues ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.value)),
  );
  const counted = [...words].filter(([word]) => asMissing.has(word)).reduce((sum, [, count]) => sum + count, 0);
  const values = words.size - [...words.keys()].filter((word) => asMissing.has(word)).length;
  const shown = field?.sensitivity === 'internal' && first !== undefined;
  const missing = profile.empty + counted;
  // The check of the file has counted these.
  const unique = field?.constraints?.unique === true;
  return {
    name,
    seen,
    missing,
    distinct: unique ? seen - missing : Math.min(distinct.count + values, seen),
    exact: unique || distinct.exact,
    ...(shown && {
      example: first.length > MAX_EXAMPLE ? `${Array.from(first).slice(0, MAX_EXAMPLE).join('')}…` : first,
    }),
  };
}
