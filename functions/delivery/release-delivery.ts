import type { StoredDelivery, StoredExtract } from '../../schemas/contracts/deliveries.ts';
import type { StoredDataset } from '../../schemas/contracts/resources.ts';
import { traceOf } from '../kernel/about.ts';
import { evidenceOf, theHub } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import { annul } from './annul.ts';
import { released } from './domain/notice.ts';
import { owedSince } from './domain/owed-since.ts';
import { lookAfter } from './domain/pauses.ts';
import { mayGoOut } from './may-go-out.ts';
import { notifyOrLeave, type NotifyPorts } from './notify.ts';
import type { Facts } from './ports.ts';

/**
 * Grants a written extract to the consumer of a planned delivery, then tells it. The store's transaction has the last
 * word on the agreement's state; the dates, which no transaction can compare, are looked at just before.
 */
export async function releaseDelivery(
  ports: NotifyPorts & { readonly facts: Facts },
  delivery: StoredDelivery,
  extract: StoredExtract,
  dataset: Pick<StoredDataset, 'committedAt'>,
): Promise<void> {
  const agreement = await mayGoOut(ports, delivery);
  if (!agreement) return;
  const now = ports.clock.now();
  const granted = released(delivery, extract, now, lookAfter(now, now));
  const { resourceId, resourceVersion, agreementId, termsVersion, datasetVersion, deliveryId } = delivery;
  const subject = { resourceId, resourceVersion, agreementId, termsVersion, datasetVersion, deliveryId };
  const evidence = evidenceOf(ports, 'delivery-released', theHub('deliver'), subject, { extract: extract.sha256 });
  switch (await ports.deliveries.release(granted, evidence)) {
    case 'released':
      ports.log.info('delivery released', { ...traceOf(delivery), rows: extract.rows, bytes: extract.bytes });
      ports.metrics.count('DeliveriesReleased');
      return notifyOrLeave(ports, granted, owedSince(delivery, agreement, dataset, ports.zone));
    case 'agreement-not-active':
      return void (await annul(ports, delivery));
    case 'extract-gone':
      throw new Fault(`extract ${extract.extractId} was dropped meanwhile`);
    case 'not-planned':
      return;
  }
}
