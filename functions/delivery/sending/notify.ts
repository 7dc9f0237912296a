import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { traceOf } from '../../kernel/about.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Hub } from '../../kernel/ports.ts';
import { secondsSince, dayIn } from '../../kernel/time.ts';
import { isGranted } from '../../reading/delivery.ts';
import { isReleased, noticeOf, retainedUntil } from '../../reading/released.ts';
import { termsOf } from '../../reading/terms.ts';
import { owedSince } from '../domain/owed-since.ts';
import type { Deliveries, Facts, Mailboxes } from '../ports.ts';

export interface NotifyPorts extends Hub {
  readonly facts: Pick<Facts, 'agreement' | 'dataset'>;
  readonly deliveries: Deliveries;
  readonly mailboxes: Mailboxes;
}

/** What whoever has just released a delivery knows already. */
export interface Known {
  readonly agreement: Agreement;
  /** Since when the consumer has been waiting for it. */
  readonly since: string;
}

/**
 * Sends the notice of a released delivery, which then is done. A notice sent twice carries the same `deliveryId`.
 * Where the agreement is not in force at the delivery's terms nothing is sent: the resumption looks at it again, and the
 * end of the terms takes its mark away.
 */
export async function notify(ports: NotifyPorts, delivery: StoredDelivery, known?: Known): Promise<void> {
  const { facts, deliveries, mailboxes, clock, log, metrics } = ports;
  const { deliveryId, agreementId, termsVersion, consumer } = delivery;
  if (!isReleased(delivery)) throw new Fault(`delivery ${deliveryId} is not released`);
  const agreement = known?.agreement ?? (await facts.agreement(agreementId))?.value;
  if (!isGranted(agreement, delivery, dayIn(ports.timeZone, clock.now()))) return;
  await mailboxes.send(consumer, noticeOf(delivery, termsOf(agreement, termsVersion).purpose));
  await deliveries.noticed(deliveryId, retainedUntil(agreement, delivery));
  const since = known?.since ?? (await lookedUp(ports, agreement, delivery).catch(() => delivery.plannedAt));
  const delaySeconds = secondsSince(since, clock.now());
  log.info('notice sent', { ...traceOf(delivery), consumer, delaySeconds });
  metrics.count('NoticesSent');
  metrics.seconds('DeliveryDelaySeconds', delaySeconds);
}

/** The same; where the mailbox fails, the delivery stays released and marked for the sweeper, and nobody else waits. */
export async function notifyOrLeave(ports: NotifyPorts, delivery: StoredDelivery, known?: Known): Promise<void> {
  await notify(ports, delivery, known).catch((error: unknown) => {
    ports.log.warn('notice not sent', { ...traceOf(delivery), consumer: delivery.consumer, error });
    ports.metrics.count('NoticesFailed');
  });
}

async function lookedUp(
  { facts, timeZone }: NotifyPorts,
  agreement: Agreement,
  delivery: StoredDelivery,
): Promise<string> {
  const dataset = await facts.dataset(delivery.resourceId, delivery.datasetVersion);
  return dataset ? owedSince(delivery, agreement, dataset, timeZone) : delivery.plannedAt;
}
