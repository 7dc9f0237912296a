import type { ReconciliationIn } from '../../../schemas/stored/reconciliations.ts';
import { theHub } from '../../kernel/evidence.ts';
import { after, isPast } from '../../kernel/time.ts';
import { cancelled } from '../domain/end.ts';
import { toldKey } from '../domain/places.ts';
import type { ActiveOrder } from '../domain/reconciliations/run.ts';
import { isEnded } from '../domain/transitions.ts';
import { proven } from '../proven.ts';
import type { ReconciliationPorts } from './ports.ts';

type Ports = Pick<ReconciliationPorts, 'reconciliations' | 'comparisons' | 'kept' | 'clock' | 'ids' | 'log'>;

/** Longer than a function runs: by then no attempt can leave anything any more. */
const LAST_ATTEMPT = { minutes: 20 };

/** What attempts at the newest run have left, but for the one whose rows are the newest told. */
export async function discardAttempts(
  { comparisons, kept }: Pick<Ports, 'comparisons' | 'kept'>,
  order: ActiveOrder | ReconciliationIn<'ended'>,
): Promise<void> {
  const comparison = order.run && (await comparisons.find(order.run.comparisonId));
  if (!comparison) return;
  const { comparisonId, epoch } = comparison;
  const told = order.state === 'active' ? order.told?.object.key : undefined;
  const keys = Array.from({ length: epoch }, (_, i) => toldKey(order.reconciliationId, comparisonId, i + 1));
  await kept.discard(keys.filter((key) => key !== told));
}

/** An order that has ended: its run is cancelled, then all rows that were kept of its results are removed, then the mark. */
export async function tidyReconciliation(ports: Ports, order: ReconciliationIn<'ended'>, mark: string): Promise<void> {
  const { reconciliations, comparisons, kept, clock, log } = ports;
  const { reconciliationId, run, left } = order;
  const now = clock.now();
  const comparison = run && (await comparisons.find(run.comparisonId));
  if (comparison && !isEnded(comparison)) {
    const outcome = cancelled(comparison, comparison.consumer, now);
    if (outcome.ok)
      await comparisons.replace(outcome.value, comparison, {
        evidence: proven(ports, 'comparison-cancelled', theHub('compare-sweep'), outcome.value),
      });
    return reconciliations.postpone(reconciliationId, mark, now);
  }
  for (const object of left) await kept.remove(object);
  await discardAttempts(ports, order);
  const last = comparison && after(comparison.finishedAt, LAST_ATTEMPT);
  if (last !== undefined && !isPast(last, now)) return reconciliations.postpone(reconciliationId, mark, last);
  await reconciliations.rest(reconciliationId, mark);
  log.info('rows of a standing order removed', { reconciliationId });
}
