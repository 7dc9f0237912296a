import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import type { StoredDataset } from '../../schemas/contracts/resources.ts';
import { Fault } from '../kernel/fault.ts';
import { secondsSince } from '../kernel/seconds.ts';
import { fateOf, planDelivery } from './domain/plan.ts';
import { each, raise } from './each.ts';
import type { Deliveries, Facts, Hub, Marks, WorkQueue } from './ports.ts';
import { sendWork } from './send-work.ts';

const WIDTH = 8;

export interface DatasetPorts extends Hub {
  readonly facts: Facts;
  readonly deliveries: Deliveries;
  readonly marks: Marks;
  readonly queue: WorkQueue;
}

/**
 * A dataset was committed: plans a delivery for every agreement that follows each arrival. Agreements are read after
 * the commit, so one that was filed before it is seen here; one filed later reads the dataset itself.
 */
export async function planDataset(ports: DatasetPorts, resourceId: ResourceId, datasetVersion: number): Promise<void> {
  const dataset = await ports.facts.dataset(resourceId, datasetVersion);
  if (!dataset) throw new Fault(`dataset ${datasetVersion} of ${resourceId} is not there`);
  const agreements = await ports.facts.agreementsOn(resourceId);
  const now = ports.clock.now();
  const planned: StoredDelivery[] = [];
  const schema = remembering(ports.facts);
  const faults = await each(agreements, WIDTH, async (agreement) => {
    if (fateOf(agreement, ports.zone, now) === 'now')
      planned.push(await deliveryOf({ schema }, agreement, dataset, now));
  });
  await ports.deliveries.plan(planned);
  countPlanned(ports, planned);
  await sendWork(ports, planned);
  const seconds = secondsSince(now, ports.clock.now());
  const about = {
    uploadId: dataset.uploadId,
    resourceId,
    datasetVersion,
    agreements: agreements.length,
    deliveries: planned.length,
  };
  ports.log.info('dataset planned', { ...about, failed: faults.length, seconds });
  raise(`planning dataset ${datasetVersion} of ${resourceId}`, faults);
  await ports.marks.clearDataset(resourceId, datasetVersion);
}

/** A delivery that can never go out is void from the start. */
export function countPlanned({ metrics }: Pick<Hub, 'metrics'>, deliveries: readonly StoredDelivery[]): void {
  const voided = deliveries.filter(({ state }) => state === 'void').length;
  if (deliveries.length > voided) metrics.count('DeliveriesPlanned', deliveries.length - voided);
  if (voided > 0) metrics.count('DeliveriesVoided', voided);
}

/** The delivery of a dataset under an agreement, with the schemas that decide whether they fit. */
export async function deliveryOf(
  { schema }: Pick<Facts, 'schema'>,
  agreement: Agreement,
  dataset: StoredDataset,
  now: string,
): Promise<StoredDelivery> {
  const [pinned, actual] = await Promise.all([
    schema(agreement.resourceId, agreement.resourceVersion),
    schema(dataset.resourceId, dataset.resourceVersion),
  ]);
  return planDelivery(agreement, dataset, { pinned, actual }, now);
}

/** Hundreds of agreements share a few schemas; a published one never changes. */
function remembering(facts: Facts): Facts['schema'] {
  const known = new Map<string, ReturnType<Facts['schema']>>();
  return (resourceId, version) => {
    const key = `${resourceId}#${version}`;
    const schema = known.get(key) ?? facts.schema(resourceId, version);
    known.set(key, schema);
    return schema;
  };
}
