import { lodged } from '../../functions/compare/domain/watches/lodge.ts';
import { watchEnded, watchExpired, watchRefused } from '../../functions/compare/domain/watches/end.ts';
import { lookBegun, watchBegun, type LookBasis } from '../../functions/compare/domain/watches/look.ts';
import { receiveKeys } from '../../functions/compare/domain/watches/receive-keys.ts';
import type { WatchId } from '../../schemas/contracts/ids.ts';
import type { StoredKeyWatch, WatchIn } from '../../schemas/stored/watches.ts';
import { anAgreement, anId, instant, lookupTerms, sha256 } from '../support/builders.ts';
import { later } from './a-comparison.ts';

const terms = lookupTerms({ watchKeys: 10 });
const list = { format: 'csv', encoding: 'utf-8', bytes: 64, sha256 } as const;

export const aBasis = (changes: Partial<LookBasis> = {}): LookBasis => ({
  termsVersion: 1,
  resourceVersion: 1,
  purpose: terms.purpose,
  keyFields: ['org_code'],
  datasetVersion: 7,
  ...changes,
});

/** Of `tax`, in data of `quality`. */
const awaiting = (number = 1): WatchIn<'awaiting'> =>
  lodged(list, anAgreement({ state: 'active', terms }), terms, {
    watchId: anId(number) as string as WatchId,
    session: 'clerk-7',
    at: instant,
  });

function received(): WatchIn<'received'> {
  const reception = receiveKeys(awaiting(), { versionId: 'v1', bytes: 64 }, later(10));
  if (reception.kind !== 'mark') throw new Error(reception.kind);
  return reception.watch;
}

const lodging = () => lookBegun(received(), { datasetVersion: 6 }, later(20)) as WatchIn<'lodging'>;
const kept = { key: `watches/${anId(1)}/1`, versionId: 'v1', bytes: 300, sha256 };
const active = () =>
  watchBegun(lodging(), aBasis({ datasetVersion: 6 }), { keys: 3, changed: 0, object: kept }, later(30));
const looking = () => lookBegun(active(), aBasis(), later(40)) as WatchIn<'looking'>;

/** One of every state, each come to as it regularly is. */
export const watchIn: { readonly [S in StoredKeyWatch['state']]: (number?: number) => WatchIn<S> } = {
  awaiting,
  received,
  lodging,
  active,
  looking,
  refused: () => watchRefused(lodging(), { code: 'invalid-keys', detail: '2 rows have no key' }, later(50)),
  ended: () => watchEnded(looking(), 'consumer', later(50)),
  expired: () => watchExpired(awaiting(), later(90_000)),
};

export const allWatches = Object.keys(watchIn) as StoredKeyWatch['state'][];
