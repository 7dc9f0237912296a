import type { ComparisonId } from '../../schemas/contracts/ids.ts';
import type { ComparisonIn } from '../../schemas/stored/comparisons.ts';
import { traceOf } from '../kernel/about.ts';
import { each } from '../kernel/each.ts';
import { theHub } from '../kernel/evidence.ts';
import { isStuck } from './domain/begin.ts';
import { expired } from './domain/end.ts';
import { postponed } from './domain/look-again.ts';
import { isOverdue, sweeping } from './domain/sweep.ts';
import type { Before } from './domain/transitions.ts';
import { proven, told } from './proven.ts';
import { receiveList } from './receive.handler.ts';
import { tidy } from './run/tidy.ts';
import type { Compare } from './stores.ts';
import type { ReconciliationPorts } from './reconciliations/ports.ts';
import { sweepReconciliations } from './reconciliations/sweep-reconciliations.ts';
import { sweepWatches, type SweepWatchesPorts } from './watches/sweep-watches.ts';

type Ports = Pick<Compare, 'comparisons' | 'lists' | 'queue' | 'clock' | 'ids' | 'log' | 'metrics'>;

const MOST_A_RUN = 500;

/** Every minute: does what a lost event, message or function left undone; one that fails holds up no other. */
export const sweepHandler = (ports: Ports & SweepWatchesPorts & ReconciliationPorts) => async (): Promise<void> => {
  await sweepComparisons(ports);
  await sweepWatches(ports);
  await sweepReconciliations(ports);
};

async function sweepComparisons(ports: Ports): Promise<void> {
  let late = 0;
  const due = await ports.comparisons.dueBy(ports.clock.now(), MOST_A_RUN);
  const sweepNext = async (id: ComparisonId) => {
    if (await sweepOne(ports, id)) late++;
  };
  await each(due, 1, sweepNext, async (comparisonId, error) => {
    ports.log.error('sweep failed', { comparisonId, error });
    await postpone(ports, comparisonId).catch((fault: unknown) =>
      ports.log.error('not postponed', { comparisonId, error: fault }),
    );
  });
  if (late > 0) ports.metrics.count('SweptLate', late);
  ports.log.info('swept', { comparisons: due.length, late });
}

/** True where something had been left behind. */
async function sweepOne(ports: Ports, id: ComparisonId): Promise<boolean> {
  const found = await ports.comparisons.find(id);
  if (!found) return false;
  const next = sweeping(found, ports.clock.now());
  if (next.kind === 'seek') return seek(ports, next.comparison);
  if (next.kind === 'send') return sendAgain(ports, next.comparison);
  if (next.kind === 'expire') await expire(ports, next.comparison);
  if (next.kind === 'tidy') await tidy(ports, next.comparison);
  return false;
}

/** First the mark, then the work: what always fails must not be at the head of every run. */
async function sendAgain(ports: Ports, comparison: ComparisonIn<'received' | 'running'>): Promise<boolean> {
  await postpone(ports, comparison.comparisonId);
  await ports.queue.send(comparison);
  return toldLate(ports, comparison);
}

/** Its run died, or it waits for its representation, which is nobody's delay. */
function toldLate({ log, metrics }: Ports, comparison: ComparisonIn<'received' | 'running'>): boolean {
  log.info('comparison swept', { ...traceOf(comparison), outcome: comparison.state, epoch: comparison.epoch });
  if (comparison.state !== 'running') return false;
  if (isStuck(comparison)) {
    log.error('comparison stuck', { ...traceOf(comparison), epoch: comparison.epoch, code: 'comparison-stuck' });
    metrics.count('ComparisonStuck');
  }
  return true;
}

/** True where its list had come and nobody knew. */
async function seek(ports: Ports, comparison: ComparisonIn<'awaiting'>): Promise<boolean> {
  const object = await ports.lists.find(comparison.key);
  if (object) await receiveList(ports, comparison, object);
  else if (isOverdue(comparison, ports.clock.now())) await expire(ports, comparison);
  else await postpone(ports, comparison.comparisonId);
  return object !== undefined;
}

async function expire(ports: Ports, comparison: Before<'expire'>): Promise<void> {
  const next = expired(comparison, ports.clock.now());
  const committed = await ports.comparisons.replace(next, comparison, {
    evidence: proven(ports, 'comparison-expired', theHub('compare-sweep'), next),
    notices: [told(ports, next.consumer, 'expired', next)],
  });
  if (committed) ports.log.info('comparison expired', { ...traceOf(next), outcome: comparison.state });
}

/** `lookAgainAt` alone moves: where anything else did, the comparison has been taken care of. */
async function postpone({ comparisons, clock }: Ports, id: ComparisonId): Promise<void> {
  const comparison = await comparisons.find(id);
  if (comparison) await comparisons.replace(postponed(comparison, clock.now()), comparison);
}
