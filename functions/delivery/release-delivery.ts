import type { StoredDelivery, StoredExtract } from '../../schemas/contracts/deliveries.ts';
import { evidenceOf, theHub } from '../kernel/evidence.ts';
import { released } from './domain/notice.ts';
import { lookAfter } from './domain/pauses.ts';
import { mayGoOut } from './may-go-out.ts';
import { notifyOrLeave, type NotifyPorts } from './notify.ts';
import type { Facts, Hub } from './ports.ts';

/**
 * Grants a written extract to the consumer of a planned delivery, then tells it. The store's transaction has the last
 * word on the agreement's state; the dates, which no transaction can compare, are looked at just before.
 */
export async function releaseDelivery(
  ports: Hub & NotifyPorts & { readonly facts: Facts },
  delivery: StoredDelivery,
  extract: StoredExtract,
): Promise<void> {
  if (!(await mayGoOut(ports, delivery))) return;
  const now = ports.clock.now();
  const granted = released(delivery, extract, now, lookAfter(now, now));
  const { resourceId, resourceVersion, agreementId, termsVersion, datasetVersion, deliveryId } = delivery;
  const subject = { resourceId, resourceVersion, agreementId, termsVersion, datasetVersion, deliveryId };
  const evidence = evidenceOf(ports, 'delivery-released', theHub('deliver'), subject, { extract: extract.sha256 });
  switch (await ports.deliveries.release(granted, evidence)) {
    case 'released':
      return notifyOrLeave(ports, granted);
    case 'agreement-not-active':
      return void (await ports.deliveries.annul(deliveryId, 'agreement-not-active'));
    case 'extract-gone':
      throw new Error(`extract ${extract.extractId} was dropped meanwhile`);
    case 'not-planned':
      return;
  }
}
