import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import { traceOf } from '../kernel/about.ts';
import { Fault } from '../kernel/fault.ts';
import { secondsSince } from '../kernel/seconds.ts';
import { isReleased, noticeOf } from './domain/notice.ts';
import { owedSince } from './domain/owed-since.ts';
import type { Deliveries, Facts, Hub, Mailboxes } from './ports.ts';

export interface NotifyPorts extends Hub {
  readonly facts: Pick<Facts, 'agreement' | 'dataset'>;
  readonly deliveries: Deliveries;
  readonly mailboxes: Mailboxes;
}

/**
 * Sends the notice of a released delivery, which then is done. A notice sent twice carries the same `deliveryId`.
 *
 * @param since the instant from which the consumer has been waiting for it; looked up where the caller does not know
 */
export async function notify(ports: NotifyPorts, delivery: StoredDelivery, since?: string): Promise<void> {
  const { deliveries, mailboxes, clock, log, metrics } = ports;
  const { deliveryId, consumer } = delivery;
  if (!isReleased(delivery)) throw new Fault(`delivery ${deliveryId} is not released`);
  await mailboxes.send(consumer, noticeOf(delivery));
  await deliveries.noticed(deliveryId);
  const delaySeconds = secondsSince(
    since ?? (await lookedUp(ports, delivery).catch(() => delivery.plannedAt)),
    clock.now(),
  );
  log.info('notice sent', { ...traceOf(delivery), consumer, delaySeconds });
  metrics.count('NoticesSent');
  metrics.seconds('DeliveryDelaySeconds', delaySeconds);
}

/** The same; where the mailbox fails, the delivery stays released and marked for the sweeper, and nobody else waits. */
export async function notifyOrLeave(ports: NotifyPorts, delivery: StoredDelivery, since?: string): Promise<void> {
  await notify(ports, delivery, since).catch((error: unknown) => {
    ports.log.warn('notice not sent', { ...traceOf(delivery), consumer: delivery.consumer, error });
    ports.metrics.count('NoticesFailed');
  });
}

async function lookedUp({ facts, zone }: NotifyPorts, delivery: StoredDelivery): Promise<string> {
  const { agreementId, resourceId, datasetVersion, plannedAt } = delivery;
  const [agreement, dataset] = await Promise.all([
    facts.agreement(agreementId),
    facts.dataset(resourceId, datasetVersion),
  ]);
  return agreement && dataset ? owedSince(delivery, agreement.value, dataset, zone) : plannedAt;
}
