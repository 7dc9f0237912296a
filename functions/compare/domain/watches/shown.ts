import type { DepartmentId } from '../../../../schemas/contracts/ids.ts';
import { KeyWatch, type WatchState } from '../../../../schemas/contracts/watches.ts';
import { projected } from '../../../../schemas/stored/loosened.ts';
import type { StoredKeyWatch } from '../../../../schemas/stored/watches.ts';

const Shown = projected(KeyWatch);

/** A look that is under way is nobody's concern. */
export function shownWatchState({ state }: Pick<StoredKeyWatch, 'state'>): WatchState {
  if (state === 'lodging') return 'received';
  return state === 'looking' ? 'active' : state;
}

/** A watch as its reader sees it: nobody is shown keys; what is wrong with their list is its consumer's own. */
export function watchShownTo(stored: StoredKeyWatch, reader: DepartmentId): KeyWatch {
  const watch = Shown.parse({ ...stored, state: shownWatchState(stored) });
  return watch.state === 'refused' && reader !== stored.consumer
    ? { ...watch, refusal: { code: watch.refusal.code } }
    : watch;
}
