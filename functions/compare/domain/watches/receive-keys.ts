import type { StoredKeyWatch, WatchIn } from '../../../../schemas/stored/watches.ts';
import { isEndedWatch } from './transitions.ts';

interface ObjectVersion {
  readonly versionId: string;
  readonly bytes: number;
}

export type KeysReception =
  /** They have come: write `watch`, then have them looked at. */
  | { readonly kind: 'mark'; readonly watch: WatchIn<'received'> }
  /** Known already, but the word to look at them may have been lost. */
  | { readonly kind: 'remind'; readonly watch: WatchIn<'received'> }
  /** Too late, or a copy: nobody reads it. */
  | { readonly kind: 'discard' }
  | { readonly kind: 'ignore' };

/** The first version to arrive is the list. */
export function receiveKeys(watch: StoredKeyWatch, object: ObjectVersion, at: string): KeysReception {
  if (watch.state === 'awaiting') {
    const { expiresAt: _sent, ...kept } = watch;
    return { kind: 'mark', watch: { ...kept, state: 'received', object: { ...object }, receivedAt: at } };
  }
  if (isEndedWatch(watch) || watch.state === 'active' || watch.state === 'looking') return { kind: 'discard' };
  if (watch.object.versionId !== object.versionId) return { kind: 'ignore' };
  return watch.state === 'received' ? { kind: 'remind', watch } : { kind: 'ignore' };
}
