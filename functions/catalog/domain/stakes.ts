import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type {
  AgreementImpact,
  Change,
  ChangeKind,
  TermsPart,
  Verdict,
} from '../../../schemas/contracts/compatibility.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import { compatibilityPolicy } from '../../../schemas/registry/compatibility-policy.ts';
import { worst } from './policy.ts';

/** Terms that a new version may break: those in force, and those that are being negotiated. */
export interface Stake extends Pick<
  AgreementImpact,
  'agreementId' | 'consumer' | 'termsVersion' | 'resourceVersion' | 'inForce'
> {
  readonly terms: Terms;
}

/** Of an agreement that is over, none. */
export function stakesOf(agreement: Agreement): readonly Stake[] {
  const { agreementId, consumer, state, amendment, terms } = agreement;
  if (state === 'terminated' || state === 'expired') return [];
  const inForce = state === 'active' || state === 'suspended';
  const stake = (named: Pick<Agreement, 'termsVersion' | 'resourceVersion'>, filed: boolean): Stake[] =>
    terms
      .filter(({ version }) => version === named.termsVersion)
      .map((version) => ({
        agreementId,
        consumer,
        termsVersion: version.version,
        resourceVersion: named.resourceVersion,
        inForce: filed,
        terms: version.terms,
      }));
  return [...stake(agreement, inForce), ...(amendment ? stake(amendment, false) : [])];
}

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
  const { fields, filter, mask, justification = {}, content, mode } = terms;
  const filtered = filter.map(({ field }) => field);
  const open = fields.filter((name) => !Object.hasOwn(mask, name) && !Object.hasOwn(justification, name));
  return {
    'used-fields': among([...fields, ...filtered, ...Object.keys(mask)]),
    'delivered-fields': among(fields),
    'open-fields': among(open),
    'filter-fields': among(filtered),
    'key-of-changes': (change) => (content === 'changes' ? change.fields : undefined),
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

/** What a definition does to some terms, and what the newest version has done to them already. */
export interface Effect {
  readonly stake: Stake;
  readonly touches: readonly Touch[];
  readonly already: readonly Touch[];
}

/** What is left to tell of a stake once that is taken away which an earlier version already did to it. */
export function impactOf({
  stake: { terms: _terms, ...stake },
  touches,
  already,
}: Effect): AgreementImpact | undefined {
  const known = new Set(already.map(textOf));
  const fresh = touches.filter((touch) => !known.has(textOf(touch)));
  if (fresh.length === 0) return undefined;
  const verdict = worst(fresh.map((touch) => touch.verdict));
  const deciding = fresh.filter((touch) => touch.verdict === verdict);
  return {
    ...stake,
    verdict,
    fields: [...new Set(deciding.flatMap(({ fields }) => fields))],
    kinds: [...new Set(deciding.map(({ kind }) => kind))],
  };
}

const textOf = ({ kind, fields }: Touch): string => JSON.stringify([kind, fields]);
