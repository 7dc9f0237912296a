import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import { validityOf } from './domain/validity.ts';
import type { Deliveries, Facts, Hub } from './ports.ts';

/**
 * Whether a planned delivery is within an agreement in force today, at the terms it was planned for; where it will
 * never be again, the delivery becomes void. Throws before the first day of validity: two machines' clocks differ by
 * a little around midnight, and the delivery must not be lost over it.
 */
export async function mayGoOut(
  { facts, deliveries, clock, zone }: Hub & { readonly facts: Facts; readonly deliveries: Deliveries },
  delivery: StoredDelivery,
): Promise<boolean> {
  const agreement = (await facts.agreement(delivery.agreementId))?.value;
  const validity =
    agreement?.termsVersion === delivery.termsVersion ? validityOf(agreement, zone, clock.now()) : 'ended';
  if (validity === 'early') throw new Error(`agreement ${delivery.agreementId} is not in force yet`);
  if (validity === 'ended') await deliveries.annul(delivery.deliveryId, 'agreement-not-active');
  return validity === 'in-force';
}
