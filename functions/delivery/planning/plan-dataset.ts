import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { each, raise } from '../../kernel/each.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Hub } from '../../kernel/ports.ts';
import { secondsSince } from '../../kernel/time.ts';
import { owedFor } from './chain.ts';
import { closeCorrections } from '../corrections/close-corrections.ts';
import { fateOf } from '../domain/plan.ts';
import type { Corrections, Deliveries, Facts, Marks, WorkQueue } from '../ports.ts';
import { remembering } from './remembering.ts';
import { sendWork } from './send-work.ts';

const WIDTH = 8;

export interface DatasetPorts extends Hub {
  readonly facts: Facts;
  readonly deliveries: Deliveries;
  readonly corrections: Corrections;
  readonly marks: Marks;
  readonly queue: WorkQueue;
}

/**
 * A dataset was committed: plans what every agreement that follows each arrival is owed, and closes the corrections that
 * it brings. Agreements are read after
 * the commit, so one that was filed before it is seen here; one filed later reads the dataset itself.
 */
export async function planDataset(ports: DatasetPorts, resourceId: ResourceId, datasetVersion: number): Promise<void> {
  const reading = { ...ports, facts: { ...ports.facts, ...remembering(ports.facts) } };
  const dataset = await reading.facts.dataset(resourceId, datasetVersion);
  if (!dataset) throw new Fault(`dataset ${datasetVersion} of ${resourceId} is not there`);
  const agreements = await ports.facts.agreementsOn(resourceId);
  const now = ports.clock.now();
  const planned: StoredDelivery[] = [];
  const faults = await each(agreements, WIDTH, async (agreement) => {
    if (fateOf(agreement, ports.timeZone, now) === 'now')
      planned.push(...(await owedFor(reading, agreement, dataset, now)));
  });
  await ports.deliveries.plan(planned);
  countPlanned(ports, planned);
  await sendWork(reading, planned);
  faults.push(...(await closeCorrections(ports, dataset)));
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
