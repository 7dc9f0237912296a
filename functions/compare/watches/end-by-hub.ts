import type { WatchEnd, WatchRefusal } from '../../../schemas/contracts/watches.ts';
import type { StoredKeyWatch } from '../../../schemas/stored/watches.ts';
import { theHub } from '../../kernel/evidence.ts';
import { watchEnded, watchRefused } from '../domain/watches/end.ts';
import type { EndedWatch, OwnLook, WatchBefore } from '../domain/watches/transitions.ts';
import type { WatchPorts } from './ports.ts';
import { toldOfWatch, watchProven } from './proven.ts';
import { tidyWatch } from './tidy-watch.ts';

type Ports = Pick<WatchPorts, 'watches' | 'lists' | 'kept' | 'clock' | 'ids' | 'log'>;

/** @param was as the watch is named: by an attempt at it without its lease */
export async function refuseKeys(
  ports: Ports,
  watch: WatchBefore<'refuse'>,
  refusal: WatchRefusal,
  was: StoredKeyWatch | OwnLook = watch,
): Promise<void> {
  await concluded(ports, was, watchRefused(watch, refusal, ports.clock.now()), 'refused', 'watch-refused');
}

/** The same where it was watched, or was to be. */
export async function endByHub(
  ports: Ports,
  watch: WatchBefore<'end'>,
  end: WatchEnd,
  was: StoredKeyWatch | OwnLook = watch,
): Promise<void> {
  await concluded(ports, was, watchEnded(watch, end, ports.clock.now()), 'ended', 'watch-ended');
}

async function concluded(
  ports: Ports,
  was: StoredKeyWatch | OwnLook,
  next: EndedWatch,
  event: 'refused' | 'ended',
  act: 'watch-refused' | 'watch-ended',
): Promise<void> {
  const along = {
    evidence: watchProven(ports, act, theHub('compare'), next),
    notices: [toldOfWatch(ports, event, next)],
  };
  if (!(await ports.watches.replace(next, was, along, next.finishedAt))) return;
  const code = next.state === 'refused' ? next.refusal.code : next.state === 'ended' ? next.end : undefined;
  ports.log.info('watch ended', { outcome: next.state, code });
  // What is left undone here the sweeper does.
  await tidyWatch(ports, next).catch((error: unknown) => ports.log.warn('keys not removed', { error }));
}
