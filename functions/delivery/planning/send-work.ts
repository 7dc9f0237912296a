import type { AgreementId, DeliveryId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { each, raise } from '../../kernel/each.ts';
import { Fault } from '../../kernel/fault.ts';
import { extractSpec } from '../../records/index.ts';
import { deliveryTermsOf } from '../domain/delivery-terms.ts';
import { workOf, type Order } from '../domain/work.ts';
import type { Deliveries, Facts, WorkQueue } from '../ports.ts';
import { remembering } from './remembering.ts';

const WIDTH = 8;
/** What is read side by side goes to the table together. */
const READS = 50;

export interface WorkPorts {
  readonly facts: Facts;
  readonly deliveries: Deliveries;
  readonly queue: WorkQueue;
}

/**
 * Queues what is still planned among these, as it is stored now: a delivery that an earlier run planned and never
 * queued goes along; one that went on meanwhile does not.
 */
export async function sendWork(
  ports: WorkPorts,
  deliveries: readonly Pick<StoredDelivery, 'deliveryId'>[],
): Promise<void> {
  const orders: Order[] = [];
  const datasets = remembering(ports.facts);
  const faults = await each(deliveries, READS, async ({ deliveryId }) => {
    const order = await orderOf({ ...ports, datasets }, deliveryId);
    if (order) orders.push(order);
  });
  const unsent = await each(workOf(orders), WIDTH, (work) => ports.queue.send(work));
  raise('queueing deliveries', [...faults, ...unsent]);
}

async function orderOf(
  { facts, deliveries, datasets }: WorkPorts & { readonly datasets: Pick<Facts, 'dataset'> },
  deliveryId: DeliveryId,
): Promise<Order | undefined> {
  const delivery = await deliveries.find(deliveryId);
  if (delivery?.state !== 'planned') return undefined;
  const { extractId, resourceId, datasetVersion, baseDatasetVersion, provider } = delivery;
  return {
    deliveryId,
    extractId,
    resourceId,
    datasetVersion,
    baseDatasetVersion,
    provider,
    bytes:
      (await bytesOf(datasets, resourceId, datasetVersion)) + (await bytesOf(datasets, resourceId, baseDatasetVersion)),
    spec: await specOf(facts, delivery.agreementId, delivery.termsVersion),
  };
}

async function bytesOf(
  datasets: Pick<Facts, 'dataset'>,
  resourceId: ResourceId,
  version: number | undefined,
): Promise<number> {
  return version === undefined ? 0 : ((await datasets.dataset(resourceId, version))?.bytes ?? 0);
}

async function specOf(facts: Facts, id: AgreementId, termsVersion: number) {
  const agreement = await facts.agreement(id);
  if (!agreement) throw new Fault(`agreement ${id} is not there`);
  return extractSpec(deliveryTermsOf(agreement.value, termsVersion));
}
