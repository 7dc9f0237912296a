import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { traceOf } from '../../kernel/about.ts';
import { each, raise } from '../../kernel/each.ts';
import { dayIn } from '../../kernel/time.ts';
import { validityOf } from '../../reading/agreement.ts';
import { datasetAtStart, deliveryOf, owedSinceStart } from './chain.ts';
import { activationOf } from '../../reading/activation.ts';
import { delivers } from '../domain/delivery-terms.ts';
import { lookAfter } from '../domain/pauses.ts';
import { baseFor, hadUnder, hasHad, planFrom, type Awaiting, type Had } from '../domain/release.ts';
import { countPlanned, type DatasetPorts } from './plan-dataset.ts';
import type { ReleasePlans } from '../ports.ts';
import { sendWork } from './send-work.ts';

const WIDTH = 4;

interface ActivationPorts extends DatasetPorts {
  readonly plans: ReleasePlans;
}

/**
 * What goes out because an agreement came into force: by the filing of its first terms or of an amendment, or because
 * nobody suspends it any more. The dataset that was in force then goes out at once, whatever the frequency, unless it did
 * under these terms; so does what a suspension held back. The act was committed on condition that this dataset was the
 * newest: one that comes later finds the agreement active, so that the two never miss each other.
 */
export async function activate(ports: ActivationPorts, agreement: Agreement): Promise<void> {
  const now = ports.clock.now();
  if (!delivers(agreement) || validityOf(agreement, dayIn(ports.timeZone, now)) === 'ended') return;
  const awaited = planFrom(agreement, ports.timeZone, now);
  const planned = await (awaited ? begin(ports, agreement, awaited, now) : followArrivals(ports, agreement, now));
  countPlanned(ports, planned);
  await sendWaiting(ports, agreement, now);
  const { agreementId, resourceId } = agreement;
  const trace = planned.at(-1);
  ports.log.info('agreement activated', { agreementId, resourceId, ...(trace && traceOf(trace)) });
}

/** From now on every arrival is followed. */
async function followArrivals(
  ports: ActivationPorts,
  agreement: Agreement,
  now: string,
): Promise<readonly StoredDelivery[]> {
  const owed = await owedSinceStart(ports, agreement, now);
  await ports.deliveries.plan(owed);
  await endEarlierPlan(ports, agreement);
  return owed;
}

/** A plan of an opening day that has come, or of terms that were replaced; never that of an activation that came since. */
async function endEarlierPlan({ plans }: ActivationPorts, agreement: Agreement): Promise<void> {
  const plan = await plans.find(agreement.agreementId);
  if (plan && plan.activation <= (activationOf(agreement)?.number ?? 0))
    await plans.advance(plan, undefined, undefined);
}

/**
 * The release plan of this activation, in the place of the one before it. One that is there already says that the
 * activation was taken care of: what came since has its own moment.
 */
async function begin(
  ports: ActivationPorts,
  agreement: Agreement,
  awaited: Awaiting,
  now: string,
): Promise<readonly StoredDelivery[]> {
  const { agreementId, resourceId, termsVersion } = agreement;
  const earlier = await ports.plans.find(agreementId);
  if (earlier && earlier.activation >= awaited.activation) return [];
  const had = hadUnder(earlier, termsVersion);
  const delivery = awaited.opening ? undefined : await firstFor(ports, agreement, had, now);
  const plan = { agreementId, resourceId, ...awaited, ...had, ...hasHad(delivery) };
  const isBegun = await (earlier ? ports.plans.advance(earlier, plan, delivery) : ports.plans.begin(plan, delivery));
  // Somebody else moved the plan on: what has gone out is to be read again.
  if (!isBegun) return begin(ports, agreement, awaited, now);
  return delivery ? [delivery] : [];
}

/** What goes out at once: what came since the agreement came into force waits for its moment, however late this is. */
async function firstFor(
  ports: ActivationPorts,
  agreement: Agreement,
  had: Had,
  now: string,
): Promise<StoredDelivery | undefined> {
  const dataset = await datasetAtStart(ports.facts, agreement, ports.timeZone);
  if (!dataset || dataset.datasetVersion <= had.lastDatasetVersion) return undefined;
  return deliveryOf(ports.facts, agreement, dataset, now, baseFor(had, agreement));
}

/** Queues whatever is planned under these terms; the sweeper looks soon at notices that a suspension held back. */
async function sendWaiting(ports: ActivationPorts, agreement: Agreement, now: string): Promise<void> {
  const planned: StoredDelivery[] = [];
  const faults = await each(ports.deliveries.ofAgreement(agreement.agreementId), WIDTH, async (delivery) => {
    if (delivery.termsVersion !== agreement.termsVersion) return;
    if (delivery.state === 'planned') planned.push(delivery);
    if (delivery.state === 'released') await ports.deliveries.postpone(delivery, lookAfter(now, now));
  });
  await sendWork(ports, planned);
  raise(`sending what waited for agreement ${agreement.agreementId}`, faults);
}
