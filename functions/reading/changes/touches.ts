import type { Change, ChangeKind, TermsPart, Verdict } from '../../../schemas/contracts/compatibility.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import { compatibilityPolicy } from '../../../schemas/registry/compatibility-policy.ts';
import { matchedBy, namesByPrimaryKey } from '../../records/index.ts';

/** One change that concerns some terms. */
export interface Touch {
  readonly kind: ChangeKind;
  readonly verdict: Verdict;
  /** Fields of the terms. */
  readonly fields: readonly string[];
}

export const breaks = ({ verdict }: Touch): boolean => verdict === 'breaking';

/** What the policy says of changes to these very terms; changes that touch nothing they name are left out. */
export function touchesOn(terms: Terms, changes: readonly Change[]): readonly Touch[] {
  const touched = touchedIn(terms);
  return changes.flatMap((change) => {
    const { touching, verdict } = compatibilityPolicy[change.kind].terms;
    const fields = verdict === 'compatible' ? undefined : touched[touching](change);
    return fields ? [{ kind: change.kind, verdict, fields }] : [];
  });
}

/** The fields of a part that a change is about; undefined where it leaves the part alone. */
type Touched = (change: Change) => readonly string[] | undefined;

function touchedIn(terms: Terms): Readonly<Record<TermsPart, Touched>> {
  const { fields, filter, mask, justification = {}, mode } = terms;
  const filtered = filter.map(({ field }) => field);
  const matched = matchedBy(terms).map(({ field }) => field);
  const open = [...fields.filter((name) => !Object.hasOwn(mask, name)), ...matched].filter(
    (name) => !Object.hasOwn(justification, name),
  );
  return {
    'used-fields': among([...fields, ...filtered, ...Object.keys(mask), ...matched]),
    'delivered-fields': among(fields),
    'open-fields': among(open),
    'filter-fields': among(filtered),
    'key-of-changes': (change) => (namesByPrimaryKey(terms) ? change.fields : undefined),
    mode: ({ old }) => (mode === old ? [] : undefined),
    all: () => [],
  };
}

/** A change of the whole is about every field. */
function among(names: readonly string[]): Touched {
  const known = new Set(names);
  return ({ fields }) => {
    const hit = fields.length === 0 ? [...known] : fields.filter((name) => known.has(name));
    return hit.length > 0 ? hit : undefined;
  };
}
