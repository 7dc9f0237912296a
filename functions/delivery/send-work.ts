import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import type { AgreementId, DeliveryId } from '../../schemas/contracts/ids.ts';
import { Fault } from '../kernel/fault.ts';
import { extractSpec } from '../records/index.ts';
import { termsOf } from './domain/validity.ts';
import { workOf, type Order } from './domain/work.ts';
import { each, raise } from '../kernel/each.ts';
import type { Deliveries, Facts, WorkQueue } from './ports.ts';

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
  const faults = await each(deliveries, READS, async ({ deliveryId }) => {
    const order = await orderOf(ports, deliveryId);
    if (order) orders.push(order);
  });
  const unsent = await each(workOf(orders), WIDTH, ({ provider, message }) => ports.queue.send(provider, message));
  raise('queueing deliveries', [...faults, ...unsent]);
}

async function orderOf({ facts, deliveries }: WorkPorts, deliveryId: DeliveryId): Promise<Order | undefined> {
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
    spec: await specOf(facts, delivery.agreementId, delivery.termsVersion),
  };
}

async function specOf(facts: Facts, id: AgreementId, termsVersion: number) {
  const agreement = await facts.agreement(id);
  if (!agreement) throw new Fault(`agreement ${id} is not there`);
  return extractSpec(termsOf(agreement.value, termsVersion));
}
