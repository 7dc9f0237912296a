import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import { traceOf } from '../kernel/about.ts';
import type { Deliveries, Hub } from './ports.ts';

/** Its agreement is in force no more, so a planned delivery becomes void; false where it is no longer planned. */
export async function annul(
  { deliveries, log, metrics }: Pick<Hub, 'log' | 'metrics'> & { readonly deliveries: Deliveries },
  delivery: StoredDelivery,
): Promise<boolean> {
  const code = 'agreement-not-active';
  if (!(await deliveries.annul(delivery.deliveryId, code))) return false;
  log.info('delivery void', { ...traceOf(delivery), code });
  metrics.count('DeliveriesVoided');
  return true;
}
