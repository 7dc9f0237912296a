import { COMPARISON_DAYS } from '../../../schemas/contracts/comparisons.ts';
import type { AgreementId, ResourceId, WatchId } from '../../../schemas/contracts/ids.ts';
import type { StoredKeyWatch } from '../../../schemas/stored/watches.ts';
import { traceOf } from '../../kernel/about.ts';
import { atMost, each, raise } from '../../kernel/each.ts';
import { theHub } from '../../kernel/evidence.ts';
import { isLeased } from '../../kernel/lease.ts';
import { after, isPast } from '../../kernel/time.ts';
import { lookAfter, sendingEnds } from '../domain/look-again.ts';
import { watchedListKey } from '../domain/places.ts';
import { watchExpired } from '../domain/watches/end.ts';
import { isStuckLook } from '../domain/watches/look.ts';
import { isEndedWatch, isUnderWay, type WatchBefore } from '../domain/watches/transitions.ts';
import type { ReconciliationPorts } from '../reconciliations/ports.ts';
import type { News, WatchPorts } from './ports.ts';
import { toldOfWatch, watchProven } from './proven.ts';
import { receiveKeysOf } from './receive-keys.ts';
import { tidyWatch } from './tidy-watch.ts';

export type SweepWatchesPorts = Pick<
  WatchPorts,
  'facts' | 'watches' | 'lists' | 'kept' | 'queue' | 'clock' | 'ids' | 'log' | 'metrics'
> &
  Pick<ReconciliationPorts, 'reconciliations'>;

const NEWS_A_RUN = 1_000;
/** Many of one department hold up nobody else's for long: a thousand take seconds. */
const WATCHES_A_RUN = 5_000;
const WIDTH = 16;
/** Longer than a message of it waits for its turn, mostly. */
const PAUSE = { minutes: 5 };

/** Every minute: lets watches know of what is new to them, and does what a lost event, message or function left undone. */
export async function sweepWatches(ports: SweepWatchesPorts): Promise<void> {
  const { watches, clock, log } = ports;
  const now = clock.now();
  const deaf = await each(atMost(NEWS_A_RUN, watches.news(now)), 4, (news) => spread(ports, news, now));
  for (const error of deaf) log.error('sweep failed', { error });
  let count = 0;
  await each(
    atMost(WATCHES_A_RUN, watches.due(clock.now())),
    WIDTH,
    async (id) => {
      count++;
      await sweepOne(ports, id);
    },
    async (watchId, error) => {
      log.error('sweep failed', { watchId, error });
      await watches.postpone(watchId, after(clock.now(), PAUSE));
    },
  );
  log.info('swept', { watches: count, failed: deaf.length });
}

/** Watches, and standing orders to compare. Each is marked before the news is forgotten: one that was cut off begins anew. */
async function spread(ports: SweepWatchesPorts, news: News, now: string): Promise<void> {
  const { resourceId, agreementId } = news;
  const faults = await wake(ports, resourceId, (one) => agreementId === undefined || agreementId === one, now);
  // What was derived under an agreement rests, or goes on, with it.
  const derived = agreementId === undefined ? [] : await derivedFrom(ports, resourceId);
  for (const id of derived) faults.push(...(await wake(ports, id, () => true, now)));
  raise(`telling watches and orders of ${resourceId}`, faults);
  await ports.watches.heard(news);
}

async function wake(
  { watches, reconciliations }: SweepWatchesPorts,
  resourceId: ResourceId,
  concerns: (agreementId: AgreementId) => boolean,
  now: string,
): Promise<unknown[]> {
  const faults = await each(watches.watchesOf(resourceId), WIDTH, async ({ agreementId, watchId }) => {
    if (concerns(agreementId)) await watches.wake(watchId, now);
  });
  const deaf = await wakeOrders(reconciliations, reconciliations.ordersOf(resourceId), concerns, now);
  const unheard = await wakeOrders(reconciliations, reconciliations.ordersBy(resourceId), concerns, now);
  return [...faults, ...deaf, ...unheard];
}

const wakeOrders = (
  reconciliations: SweepWatchesPorts['reconciliations'],
  orders: ReturnType<SweepWatchesPorts['reconciliations']['ordersOf']>,
  concerns: (agreementId: AgreementId) => boolean,
  now: string,
): Promise<unknown[]> =>
  each(orders, WIDTH, async ({ agreementId, reconciliationId }) => {
    if (concerns(agreementId)) await reconciliations.wake(reconciliationId, now);
  });

/** Resources that are derived of this one, over however many others. */
async function derivedFrom({ facts }: SweepWatchesPorts, resourceId: ResourceId): Promise<readonly ResourceId[]> {
  const known = new Set([resourceId]);
  for (const id of known) for (const derived of await facts.derivedOf(id)) known.add(derived);
  return [...known].slice(1);
}

async function sweepOne(ports: SweepWatchesPorts, id: WatchId): Promise<void> {
  const { watches, queue, clock } = ports;
  const watch = await watches.find(id);
  if (!watch) return;
  const now = clock.now();
  if (isEndedWatch(watch)) return tidyWatch(ports, watch);
  if (watch.state === 'awaiting') return seek(ports, watch);
  if (isUnderWay(watch) && isLeased(watch, now)) return watches.postpone(id, watch.leaseUntil);
  if ('receivedAt' in watch && isPast(after(watch.receivedAt, { days: COMPARISON_DAYS }), now))
    return expire(ports, watch);
  // First the mark, then the work: what always fails must not be at the head of every run.
  await watches.postpone(id, 'receivedAt' in watch ? lookAfter(watch.receivedAt, now) : after(now, PAUSE));
  tellStuck(ports, watch);
  await queue.sendWatch(watch);
}

function tellStuck({ log, metrics }: SweepWatchesPorts, watch: StoredKeyWatch): void {
  if (!isUnderWay(watch) || !isStuckLook(watch)) return;
  log.error('watch stuck', { ...traceOf(watch), epoch: watch.epoch, code: 'watch-stuck' });
  metrics.count('ComparisonStuck');
}

async function seek(
  ports: SweepWatchesPorts,
  watch: Extract<StoredKeyWatch, { readonly state: 'awaiting' }>,
): Promise<void> {
  const { watchId, consumer, lodgedAt } = watch;
  const now = ports.clock.now();
  const object = await ports.lists.find(watchedListKey(consumer, watchId));
  if (object) return receiveKeysOf(ports, watch, object);
  if (isPast(sendingEnds(watch), now)) return expire(ports, watch);
  await ports.watches.postpone(watchId, lookAfter(lodgedAt, now));
}

async function expire(ports: SweepWatchesPorts, watch: WatchBefore<'expire'>): Promise<void> {
  const next = watchExpired(watch, ports.clock.now());
  const along = {
    evidence: watchProven(ports, 'watch-expired', theHub('compare-sweep'), next),
    notices: [toldOfWatch(ports, 'expired', next)],
  };
  if (await ports.watches.replace(next, watch, along, next.finishedAt))
    ports.log.info('watch expired', { ...traceOf(next), outcome: watch.state });
}
