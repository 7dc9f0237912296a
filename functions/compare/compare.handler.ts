import type { ComparisonMessage } from '../../schemas/contracts/messages.ts';
import type { StoredComparison } from '../../schemas/stored/comparisons.ts';
import { traceOf } from '../kernel/about.ts';
import { Fault } from '../kernel/fault.ts';
import { LeaseLost } from '../kernel/hold-lease.ts';
import { secondsSince } from '../kernel/time.ts';
import { begun, isStuck, letGo, mayBegin, ownAttempt, type Running } from './domain/begin.ts';
import { placeOf } from './domain/elsewhere.ts';
import { isEnded } from './domain/transitions.ts';
import { basisOf, type Basis } from './run/basis.ts';
import { isElsewhere, QueryUnderWay } from './run/ask-elsewhere.ts';
import { compareStaged } from './run/compare-staged.ts';
import { conclude, concludeRefusal } from './run/conclude.ts';
import { keepLease } from './run/keep-lease.ts';
import { tidy } from './run/tidy.ts';
import type { Compare } from './stores.ts';

export type ComparePorts = Omit<Compare, 'queue'>;

/**
 * Takes a comparison whose list has come, runs it, and commits what became of it: a result with its delivery, or why there
 * is none. Returns once the message is done with; one that waits for its representation the sweeper sends again.
 *
 * @throws while another attempt holds the lease, and on any fault: the queue tries again later
 */
export const compareHandler =
  (ports: ComparePorts) =>
  async ({ comparisonId }: ComparisonMessage): Promise<void> => {
    const found = await ports.comparisons.find(comparisonId);
    if (!found) return ports.log.warn('no such comparison', { comparisonId });
    const log = ports.log.with(traceOf(found));
    const claimable = mayBegin(found, ports.clock.now());
    if (!claimable.ok) return leave({ ...ports, log }, found, claimable.refusal.code);
    const basis = await basisOf(ports, claimable.value);
    if (basis === 'waiting') return log.info('comparison waits for its representation', { outcome: 'waiting' });
    if (!basis.ok) return void (await concludeRefusal({ ...ports, log }, claimable.value, basis.refusal));
    const running = begun(claimable.value, basis.value.dataset.datasetVersion, ports.clock.now());
    if (!(await ports.comparisons.replace(running, claimable.value)))
      throw new Fault(`comparison ${comparisonId} was taken in between`);
    await run({ ...ports, log }, running, basis.value);
  };

async function leave(ports: ComparePorts, comparison: StoredComparison, why: string): Promise<void> {
  if (why === 'leased') throw new Fault(`comparison ${comparison.comparisonId} is held by attempt ${comparison.epoch}`);
  ports.log.info('nothing to compare', { code: why });
  if (isEnded(comparison)) await tidy(ports, comparison);
}

async function run(ports: ComparePorts, running: Running, basis: Basis): Promise<void> {
  const began = ports.clock.now();
  // Said before the work: an attempt that takes its process down cannot say it after.
  if (isStuck(running)) ports.log.error('comparison stuck', { code: 'comparison-stuck', epoch: running.epoch });
  const folder = await ports.staging.folder();
  const lease = keepLease(ports, running);
  try {
    const outcome = await compareStaged(ports, running, basis, { folder: folder.path, lease });
    lease.mustHold();
    await lease.end();
    const concluded = await conclude(ports, running, basis, { outcome, folder: folder.path });
    if (isElsewhere(ports, basis)) await emptied(ports, running);
    const seconds = secondsSince(began, ports.clock.now());
    const said = isElsewhere(ports, basis) ? 'list compared elsewhere' : 'list compared';
    ports.log.info(said, { outcome: concluded, seconds, bytes: running.list.bytes });
  } catch (fault) {
    await lease.end();
    if (fault instanceof LeaseLost) {
      if (isElsewhere(ports, basis)) await emptied(ports, running);
      return ports.log.info('list compared', { outcome: 'stale' });
    }
    await letGoOf(ports, running);
    // The sweeper sends it again, as any run that nobody has.
    if (fault instanceof QueryUnderWay) return ports.log.info('list compared', { outcome: 'under way' });
    throw fault;
  } finally {
    await folder.remove();
  }
}

/**
 * Removes what a query read and wrote, unless another attempt goes on with it; where this fails, the bucket's lifecycle does
 * it.
 */
async function emptied(ports: ComparePorts, { comparisonId, datasetVersion }: Running): Promise<void> {
  try {
    const now = await ports.comparisons.find(comparisonId);
    if (now && isEnded(now)) await ports.warehouse.remove(placeOf(comparisonId, datasetVersion));
  } catch (error) {
    ports.log.warn('rows of a query not removed', { error });
  }
}

/** Where this fails too, the lease runs out by itself. */
async function letGoOf({ comparisons, clock, log }: ComparePorts, running: Running): Promise<void> {
  await comparisons
    .replace(letGo(running, clock.now()), ownAttempt(running))
    .catch((error: unknown) => log.warn('lease not released', { error }));
}
