import type { DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { WatchEnd, WatchRefusal } from '../../../../schemas/contracts/watches.ts';
import type { StoredKeyWatch, WatchIn } from '../../../../schemas/stored/watches.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import { watchAllows, type WatchBefore } from './transitions.ts';

/** What is left of a watch that is none any more: its keys, and the list of them, are to be removed. */
function left(watch: StoredKeyWatch, finishedAt: string) {
  const {
    state: _state,
    list: _list,
    object,
    receivedAt: _received,
    expiresAt: _expiry,
    attempts: _attempts,
    leaseUntil: _lease,
    looksAt: _looksAt,
    since: _since,
    datasetVersion: _dataset,
    lookedAt: _looked,
    keyFields: _fields,
    resourceVersion: _version,
    keys: _keys,
    told: _told,
    ...kept
  } = { ...notYet, ...watch };
  const stored =
    'keyFields' in watch
      ? { kept: { key: watch.object.key, versionId: watch.object.versionId } }
      : object && { object: { versionId: object.versionId } };
  return { ...kept, ...stored, finishedAt };
}

/** Members that not every state has. */
const notYet = {
  list: undefined,
  object: undefined,
  receivedAt: undefined,
  expiresAt: undefined,
  attempts: undefined,
  leaseUntil: undefined,
  looksAt: undefined,
  since: undefined,
  datasetVersion: undefined,
  lookedAt: undefined,
  keyFields: undefined,
  resourceVersion: undefined,
  keys: undefined,
  told: undefined,
};

export const watchRefused = (watch: WatchBefore<'refuse'>, refusal: WatchRefusal, at: string): WatchIn<'refused'> => ({
  ...left(watch, at),
  state: 'refused',
  refusal,
});

export const watchExpired = (watch: WatchBefore<'expire'>, at: string): WatchIn<'expired'> => ({
  ...left(watch, at),
  state: 'expired',
});

export const watchEnded = (watch: WatchBefore<'end'>, end: WatchEnd, at: string): WatchIn<'ended'> => ({
  ...left(watch, at),
  state: 'ended',
  end,
  ...((watch.state === 'active' || watch.state === 'looking') && { keys: watch.keys, told: watch.told }),
});

/** Its consumer takes the keys back; a look that is under way tells nothing more. */
export function takenBack(
  watch: StoredKeyWatch,
  by: DepartmentId,
  at: string,
): Outcome<WatchIn<'ended'>, 'not-the-consumer' | 'wrong-state'> {
  if (by !== watch.consumer) return refuse('not-the-consumer');
  return watchAllows('end', watch) ? done(watchEnded(watch, 'consumer', at)) : refuse('wrong-state');
}
