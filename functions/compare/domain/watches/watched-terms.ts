import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { ComparisonTerms, LookupTerms, Mask, Terms } from '../../../../schemas/contracts/terms.ts';
import { readAlike, type Schemas } from '../../../records/index.ts';
import type { ComparedTerms } from '../comparison.ts';
import { standingOn, type Standing } from '../standing.ts';

/** Terms under which records are found by keys, and of which something is told. */
export type WatchableTerms = LookupTerms | ComparisonTerms;

export const isWatchable = (terms: Terms): terms is WatchableTerms => terms.mode !== 'delivery';

/** What of the terms decides which changes a consumer could see. */
export type SeenTerms = Pick<ComparedTerms, 'key' | 'compare' | 'fields' | 'filter'> & {
  readonly mask: Readonly<Record<string, Mask>>;
};

/** Kinds of comparison that give fields of a record: of the others not even its owner's list gets any. */
const giving = new Set(['verify', 'intersect', 'missing', 'link']);
/** Kinds that tell whether what is compared agrees. */
const comparing = new Set(['verify', 'link']);

/**
 * What the consumer could see of a record: what lookups and comparisons would tell it, and nothing else. In the order of
 * `key`, by which the keys were read.
 */
export function seenBy(terms: WatchableTerms, key: readonly string[]): SeenTerms {
  const { filter, mask } = terms;
  if (terms.mode === 'lookup') return { key, compare: [], fields: terms.fields, filter, mask };
  const has = (kinds: ReadonlySet<string>) => terms.kinds.some((kind) => kinds.has(kind));
  return {
    key,
    compare: has(comparing) ? terms.compare : [],
    fields: has(giving) ? terms.fields : [],
    filter,
    mask,
  };
}

export type WatchStanding =
  | Exclude<Standing, { readonly kind: 'in-force' }>
  | (Extract<Standing, { readonly kind: 'in-force' }> & { readonly terms: WatchableTerms })
  /** By the terms in force nothing is watched. */
  | { readonly kind: 'not-agreed' };

/** @param today - `YYYY-MM-DD`, in the hub's time zone */
export function watchStanding(agreement: Agreement | undefined, today: string): WatchStanding {
  const standing = standingOn(agreement, today);
  if (standing.kind !== 'in-force') return standing;
  const { terms } = standing;
  return isWatchable(terms) && terms.watchKeys !== undefined ? { ...standing, terms } : { kind: 'not-agreed' };
}

/** Whether keys that were read by one version of a resource are the same by another one, and by other terms. */
export const sameKey = (
  keyFields: readonly string[],
  { key }: Pick<WatchableTerms, 'key'>,
  schemas: Schemas,
): boolean =>
  key.length === keyFields.length && keyFields.every((name) => key.includes(name)) && readAlike(keyFields, schemas);
