import type { StoredDelivery, VoidReason } from '../../schemas/contracts/deliveries.ts';
import { traceOf } from '../kernel/about.ts';
import type { Deliveries, Hub } from './ports.ts';

/** A planned delivery that will never go out becomes void; false where it is no longer planned. */
export async function annul(
  { deliveries, log, metrics }: Pick<Hub, 'log' | 'metrics'> & { readonly deliveries: Deliveries },
  delivery: StoredDelivery,
  code: VoidReason = 'agreement-not-active',
): Promise<boolean> {
  if (!(await deliveries.annul(delivery.deliveryId, code))) return false;
  log.info('delivery void', { ...traceOf(delivery), code });
  metrics.count('DeliveriesVoided');
  return true;
}
