import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import type { Log } from '../kernel/ports.ts';
import { isReleased, noticeOf } from './domain/notice.ts';
import type { Deliveries, Mailboxes } from './ports.ts';

export interface NotifyPorts {
  readonly deliveries: Deliveries;
  readonly mailboxes: Mailboxes;
  readonly log: Log;
}

/** Sends the notice of a released delivery, which then is done. A notice sent twice carries the same `deliveryId`. */
export async function notify({ deliveries, mailboxes }: NotifyPorts, delivery: StoredDelivery): Promise<void> {
  if (!isReleased(delivery)) throw new Error(`delivery ${delivery.deliveryId} is not released`);
  await mailboxes.send(delivery.consumer, noticeOf(delivery));
  await deliveries.noticed(delivery.deliveryId);
}

/** The same; where the mailbox fails, the delivery stays released and marked for the sweeper, and nobody else waits. */
export async function notifyOrLeave(ports: NotifyPorts, delivery: StoredDelivery): Promise<void> {
  const { deliveryId, consumer } = delivery;
  await notify(ports, delivery).catch((error: unknown) =>
    ports.log.warn('notice not sent', { deliveryId, consumer, error }),
  );
}
