import type { VoidReason } from '../../../schemas/contracts/deliveries.ts';
import type { OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../../schemas/contracts/routes/places.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { traceOf } from '../../kernel/about.ts';
import { noticeTo } from '../../kernel/notice.ts';
import type { Hub } from '../../kernel/ports.ts';
import type { Deliveries } from '../ports.ts';

/** Only the provider's file or other terms help: both parties are told. The end of terms has notices of its own. */
const TOLD: ReadonlySet<VoidReason> = new Set(['does-not-fit', 'unreadable-values', 'beyond-sources']);

/** A planned delivery that will never go out becomes void; false where it is no longer planned. */
export async function annul(
  { deliveries, clock, log, metrics }: Pick<Hub, 'clock' | 'log' | 'metrics'> & { readonly deliveries: Deliveries },
  delivery: StoredDelivery,
  code: VoidReason = 'agreement-not-active',
): Promise<boolean> {
  const notices = TOLD.has(code) ? noticesOf(delivery, code, clock.now()) : [];
  if (!(await deliveries.annul(delivery.deliveryId, code, notices))) return false;
  log.info('delivery void', { ...traceOf(delivery), code });
  metrics.count('DeliveriesVoided');
  return true;
}

const noticesOf = (delivery: StoredDelivery, state: VoidReason, at: string): readonly OutgoingNotice[] =>
  [delivery.provider, delivery.consumer].map((party) => {
    const { deliveryId, agreementId, termsVersion, resourceId, resourceVersion } = delivery;
    return noticeTo(party, [deliveryId], {
      type: 'resource',
      event: 'delivery-void',
      at,
      state,
      resourceId,
      resourceVersion,
      agreementId,
      termsVersion,
      deliveryId,
      path: pathOf(places.readDelivery, { deliveryId }),
    });
  });
