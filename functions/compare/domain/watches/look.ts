import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { DatasetObject } from '../../../../schemas/stored/datasets.ts';
import type { StoredKeyWatch, WatchIn } from '../../../../schemas/stored/watches.ts';
import { LEASE_SECONDS } from '../../../kernel/lease.ts';
import { after } from '../../../kernel/time.ts';
import { isUnderWay, type LookUnderWay, type OwnLook, type WatchBefore } from './transitions.ts';

/** Terms by which a look is made, and the dataset that it looks at. */
export interface LookBasis {
  readonly termsVersion: number;
  /** That the terms speak of. */
  readonly resourceVersion: number;
  readonly purpose: string;
  /** As the watch has, or is going to have, them. */
  readonly keyFields: readonly string[];
  /** None where the resource has none. */
  readonly datasetVersion: number | undefined;
}

/** The next attempt; what it looks at, an attempt that takes it up again looks at as well. */
export function lookBegun(
  watch: WatchBefore<'take' | 'open'>,
  { datasetVersion: looksAt }: Pick<LookBasis, 'datasetVersion'>,
  now: string,
): LookUnderWay {
  const attempt = {
    epoch: watch.epoch + 1,
    attempts: isUnderWay(watch) ? watch.attempts + 1 : 1,
    leaseUntil: leaseFrom(now),
    ...(looksAt !== undefined && { looksAt }),
  };
  if (watch.state === 'received' || watch.state === 'lodging') {
    const { looksAt: _looked, ...kept } = { looksAt: undefined, ...watch };
    return { ...kept, ...attempt, state: 'lodging' };
  }
  const { looksAt: _looked, ...kept } = { looksAt: undefined, ...watch };
  return { ...kept, ...attempt, state: 'looking' };
}

export const leaseFrom = (now: string): string => after(now, { seconds: LEASE_SECONDS });

/** What an attempt has found. */
export interface Found {
  /** Keys. */
  readonly keys: number;
  /** Of them such as changed since the last look. */
  readonly changed: number;
  /** Where they are now, with what is known of their records. */
  readonly object: DatasetObject;
}

/** The keys are watched from here on: what is there is known, and nothing of it is told. */
export function watchBegun(watch: WatchIn<'lodging'>, basis: LookBasis, found: Found, now: string): WatchIn<'active'> {
  const { list: _list, object: _came, receivedAt: _at, attempts: _n, leaseUntil: _l, ...kept } = watch;
  const { looksAt: datasetVersion, ...basics } = kept;
  return {
    ...basics,
    ...taken(basis, found),
    state: 'active',
    ...(datasetVersion !== undefined && { datasetVersion }),
    since: now,
    lookedAt: now,
    told: { keys: 0, datasets: 0 },
  };
}

/** Looked at by the same terms, or by others that are in force now: then there is nothing that could be compared. */
export function lookEnded(watch: WatchIn<'looking'>, basis: LookBasis, found: Found, now: string): WatchIn<'active'> {
  const { looksAt, attempts: _n, leaseUntil: _l, datasetVersion: _before, ...kept } = watch;
  const { keys, datasets } = watch.told;
  const changed = isRenewal(watch, basis) ? 0 : found.changed;
  return {
    ...kept,
    ...taken(basis, found),
    state: 'active',
    ...(looksAt !== undefined && { datasetVersion: looksAt }),
    lookedAt: now,
    told: { ...watch.told, keys: keys + changed, datasets: datasets + (changed > 0 ? 1 : 0) },
  };
}

const taken = ({ termsVersion, resourceVersion, purpose, keyFields }: LookBasis, { keys, object }: Found) => ({
  termsVersion,
  resourceVersion,
  purpose,
  keyFields: [...keyFields],
  keys,
  object,
});

/** What could be seen by other terms, and what can be by these, are not the same thing. */
export const isRenewal = ({ termsVersion }: StoredKeyWatch, basis: Pick<LookBasis, 'termsVersion'>): boolean =>
  termsVersion !== basis.termsVersion;

/** An attempt as its own changes name it: by its number, whatever lease it has by then. */
export const ownLook = ({ leaseUntil: _renewed, ...look }: LookUnderWay): OwnLook => look;

/** Attempts at this look that died, and may have left something. */
export const diedBefore = ({ epoch, attempts }: Pick<LookUnderWay, 'epoch' | 'attempts'>): number[] =>
  Array.from({ length: attempts - 1 }, (_, i) => epoch - 1 - i);

/** So many attempts without an end that somebody should look. */
const STUCK_ATTEMPTS = 5;

export const isStuckLook = ({ attempts }: Pick<LookUnderWay, 'attempts'>): boolean => attempts > STUCK_ATTEMPTS;

/** A representation that a look reads: it is held from the look's beginning to its end. */
export const heldBy = (
  watch: StoredKeyWatch | OwnLook,
): { readonly resourceId: ResourceId; readonly datasetVersion: number } | undefined =>
  isUnderWay(watch) && watch.looksAt !== undefined
    ? { resourceId: watch.resourceId, datasetVersion: watch.looksAt }
    : undefined;
