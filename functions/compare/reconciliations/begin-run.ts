import type { ComparisonId } from '../../../schemas/contracts/ids.ts';
import { traceOf } from '../../kernel/about.ts';
import { theHub } from '../../kernel/evidence.ts';
import { quotaOn } from '../../kernel/quota.ts';
import { endOfDay } from '../../kernel/time.ts';
import { dueFrom, nextDue, runOf, type ActiveOrder } from '../domain/reconciliations/run.ts';
import { proven, told } from '../proven.ts';
import type { Run } from './next-step.ts';
import type { ReconciliationPorts } from './ports.ts';
import { discardAttempts } from './tidy-reconciliation.ts';

type Ports = Pick<
  ReconciliationPorts,
  'reconciliations' | 'comparisons' | 'kept' | 'queue' | 'clock' | 'ids' | 'timeZone' | 'log'
>;

/**
 * The order's next run: a comparison whose list has come, one of the day's. Where the day has none left it waits for the
 * next, and so does the period. @returns when to look at the order next
 */
export async function beginRun(ports: Ports, order: ActiveOrder, basis: Run): Promise<string> {
  // Whatever became of the run before, no attempt at it can commit any more.
  await discardAttempts(ports, order);
  const { agreement, terms, dataset, list, isAgain } = basis;
  const at = ports.clock.now();
  const dueAt = nextDue(order, ports.timeZone, at);
  const comparisonId = ports.ids.next() as ComparisonId;
  const begun = runOf(order, { agreement, terms, dataset, list, isAgain, comparisonId, dueAt, at });
  const { run } = begun;
  const quota = quotaOn(`comparisons#${order.agreementId}`, terms.runsPerDay, ports.timeZone, at);
  const became = await ports.reconciliations.begin({ ...begun, was: order }, quota, {
    evidence: proven(ports, 'comparison-announced', theHub('compare-sweep'), run),
    notices: run.state === 'awaiting-approval' ? [told(ports, run.provider, 'approval-asked', run, run.consumer)] : [],
  });
  ports.log.info('standing order run', { ...traceOf(run), outcome: became });
  if (became === 'quota-exceeded') {
    const tomorrow = endOfDay(quota.day, ports.timeZone) ?? at;
    await ports.reconciliations.replace(dueFrom(order, tomorrow), order);
    return tomorrow;
  }
  // Sent once more by the sweeper of comparisons, where this fails.
  if (became === 'begun' && run.state === 'received') await ports.queue.send(run);
  return at;
}
