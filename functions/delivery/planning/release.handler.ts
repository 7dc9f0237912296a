import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { traceOf } from '../../kernel/about.ts';
import { atMost, each, raise } from '../../kernel/each.ts';
import type { Hub } from '../../kernel/ports.ts';
import { secondsSince } from '../../kernel/time.ts';
import { datasetAtStart, deliveryOf, owedSinceStart } from './chain.ts';
import { deliveryTermsOf } from '../domain/delivery-terms.ts';
import { baseFor, decideRelease, hasHad, type ReleaseDecision } from '../domain/release.ts';
import { countPlanned } from './plan-dataset.ts';
import type { Deliveries, Facts, ReleasePlan, ReleasePlans, WorkQueue } from '../ports.ts';
import { sendWork } from './send-work.ts';

/** Plans of one run; what is left has its turn a minute later. */
const PLANS_A_RUN = 2000;
const WIDTH = 8;

export interface ReleasePorts extends Hub {
  readonly facts: Facts;
  readonly deliveries: Deliveries;
  readonly plans: ReleasePlans;
  readonly queue: WorkQueue;
}

/** Every minute: plans whose moment has come. A tick that comes twice, or late, finds what the other one did. */
export const releaseHandler = (ports: ReleasePorts) => async (): Promise<void> => {
  const now = ports.clock.now();
  const planned: StoredDelivery[] = [];
  let plans = 0;
  const faults = await each(atMost(PLANS_A_RUN, ports.plans.due(now)), WIDTH, async (plan) => {
    plans++;
    for (const delivery of await releaseOne(ports, plan, now)) {
      planned.push(delivery);
      ports.log.info('delivery due', traceOf(delivery));
    }
  });
  await sendWork(ports, planned).catch((fault: unknown) => faults.push(fault));
  countPlanned(ports, planned);
  const seconds = secondsSince(now, ports.clock.now());
  ports.log.info('plans released', { plans, deliveries: planned.length, failed: faults.length, seconds });
  raise('releasing', faults);
};

async function releaseOne(ports: ReleasePorts, plan: ReleasePlan, now: string): Promise<readonly StoredDelivery[]> {
  const agreement = (await ports.facts.agreement(plan.agreementId))?.value;
  const decision = decideRelease(plan, agreement, ports.timeZone, now);
  if (!agreement || decision.kind === 'end') {
    // Only the plan that was looked at: an amendment may have begun another meanwhile.
    await ports.plans.advance(plan, undefined, undefined);
    return [];
  }
  if (decision.kind === 'later') {
    await ports.plans.advance(plan, { ...plan, nextAt: decision.nextAt }, undefined);
    return [];
  }
  const owed = await owedBy(ports, plan, agreement, decision, now);
  const last = owed.at(-1);
  const { nextAt } = decision;
  const next = nextAt === undefined ? undefined : { ...plan, opening: false, nextAt, ...hasHad(last) };
  await ports.deliveries.plan(owed.slice(0, -1));
  return (await ports.plans.advance(plan, next, last)) ? owed : [];
}

/** Where each arrival is followed, the opening day alone has a plan: whatever came since the start is owed. */
async function owedBy(
  ports: ReleasePorts,
  plan: ReleasePlan,
  agreement: Agreement,
  decision: Extract<ReleaseDecision, { kind: 'open' | 'release' }>,
  now: string,
): Promise<readonly StoredDelivery[]> {
  if (deliveryTermsOf(agreement).frequency === 'on-arrival') return owedSinceStart(ports, agreement, now);
  const dataset =
    decision.kind === 'open'
      ? await datasetAtStart(ports.facts, agreement, ports.timeZone)
      : await ports.facts.newestDataset(plan.resourceId, decision.upTo);
  if (!dataset || dataset.datasetVersion <= plan.lastDatasetVersion) return [];
  return [await deliveryOf(ports.facts, agreement, dataset, now, baseFor(plan, agreement))];
}
