import type { ReconciliationId } from '../../../schemas/contracts/ids.ts';
import type { ReconciliationEnd } from '../../../schemas/contracts/reconciliations.ts';
import { atMost, each, raise, tell } from '../../kernel/each.ts';
import { theHub } from '../../kernel/evidence.ts';
import { after } from '../../kernel/time.ts';
import { orderEnded } from '../domain/reconciliations/end.ts';
import { dueFrom, withoutReplaced, type ActiveOrder } from '../domain/reconciliations/run.ts';
import { beginRun } from './begin-run.ts';
import { nextStep } from './next-step.ts';
import type { ListNews, ReconciliationPorts } from './ports.ts';
import { orderProven, toldOfEnd } from './proven.ts';
import { discardAttempts, tidyReconciliation } from './tidy-reconciliation.ts';

const NEWS_A_RUN = 1_000;
const ORDERS_A_RUN = 5_000;
const WIDTH = 16;
/** What always fails must not be at the head of every run. */
const PAUSE = { minutes: 5 };

/** Every minute: orders whose time has come are run, rest, or end. One that fails holds up no other. */
export async function sweepReconciliations(ports: ReconciliationPorts): Promise<void> {
  const now = ports.clock.now();
  const deaf = await each(atMost(NEWS_A_RUN, ports.reconciliations.news(now)), 4, (news) => spread(ports, news, now));
  tell(ports.log, 'sweep failed', deaf);
  let count = 0;
  const faults = await each(
    atMost(ORDERS_A_RUN, ports.reconciliations.due(ports.clock.now())),
    WIDTH,
    async (id) => {
      count++;
      await lookAt(ports, id);
    },
    (reconciliationId, error) => ports.log.error('sweep failed', { reconciliationId, error }),
  );
  ports.log.info('swept', { reconciliations: count, failed: faults.length });
}

/** Each order is marked before the news is forgotten: one that was cut off begins anew. */
async function spread({ reconciliations }: ReconciliationPorts, news: ListNews, now: string): Promise<void> {
  const faults = await each(reconciliations.ordersBy(news.resourceId), WIDTH, ({ reconciliationId }) =>
    reconciliations.wake(reconciliationId, now),
  );
  raise(`telling orders of the list ${news.resourceId}`, faults);
  await reconciliations.heard(news);
}

/** First the mark, then the work. Whatever is new from here on leaves another mark. */
async function lookAt(ports: ReconciliationPorts, id: ReconciliationId): Promise<void> {
  const { reconciliations, clock } = ports;
  const mark = await reconciliations.markOf(id);
  const order = await reconciliations.find(id);
  if (!order || mark === undefined) return;
  await reconciliations.postpone(id, mark, after(clock.now(), PAUSE));
  if (order.state === 'ended') return tidyReconciliation(ports, order, mark);
  await goOn(ports, order, mark);
}

async function goOn(ports: ReconciliationPorts, order: ActiveOrder, mark: string): Promise<void> {
  const { reconciliations, kept } = ports;
  const { reconciliationId, replaced } = order;
  if (replaced) {
    await kept.remove(replaced);
    await discardAttempts(ports, order);
    const next = withoutReplaced(order);
    if (await reconciliations.replace(next, order)) await goOn(ports, next, mark);
    return;
  }
  const step = await nextStep(ports, order);
  if (step.kind === 'end') return end(ports, order, step.end);
  if (step.kind === 'run') return reconciliations.postpone(reconciliationId, mark, await beginRun(ports, order, step));
  if (step.kind === 'skip') {
    if (await reconciliations.replace(dueFrom(order, step.dueAt), order))
      await reconciliations.postpone(reconciliationId, mark, step.dueAt);
    return;
  }
  await reconciliations.postpone(reconciliationId, mark, step.until);
}

/** The mark stays: what was kept is removed with the next minute. */
async function end(ports: ReconciliationPorts, order: ActiveOrder, why: ReconciliationEnd): Promise<void> {
  const next = orderEnded(order, why, ports.clock.now());
  const committed = await ports.reconciliations.replace(next, order, {
    evidence: orderProven(ports, 'reconciliation-ended', theHub('compare-sweep'), next),
    notices: [toldOfEnd(ports, next)],
  });
  if (committed) ports.log.info('standing order ended', { reconciliationId: order.reconciliationId, code: why });
}
