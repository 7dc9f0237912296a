import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredDelivery, StoredExtract } from '../../../schemas/stored/delivery.ts';
import { restsOnOf } from '../../datasets/rests-on.ts';
import { traceOf } from '../../kernel/about.ts';
import { evidenceOf, theHub } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Hub } from '../../kernel/ports.ts';
import { secondsSince, dayIn } from '../../kernel/time.ts';
import { isGranted } from '../../reading/delivery.ts';
import type { Released } from '../../reading/released.ts';
import { released } from '../domain/notice.ts';
import { owedSince } from '../domain/owed-since.ts';
import { lookAfter } from '../domain/pauses.ts';
import { subjectOf } from '../domain/subject.ts';
import { mayGoOut } from './may-go-out.ts';
import { notifyOrLeave, type NotifyPorts } from './notify.ts';
import type { Facts } from '../ports.ts';

/** A planned delivery, and its agreement as it was read when it might go out. */
export interface Going {
  readonly delivery: StoredDelivery;
  readonly agreement: Agreement;
}

/**
 * Grants a written extract to the consumer of a planned delivery, then tells it. The store's transaction has the last word
 * on the state and terms of the agreement, and of those that its dataset rests on; the dates of these, which no transaction can compare, are looked at just before.
 */
export async function releaseDelivery(
  ports: NotifyPorts & { readonly facts: Facts },
  { delivery, agreement }: Going,
  extract: StoredExtract,
  dataset: Pick<StoredDataset, 'committedAt' | 'origin'>,
): Promise<void> {
  if (!isGranted(agreement, delivery, dayIn(ports.timeZone, ports.clock.now()))) {
    // A day has ended since the agreement was read.
    await mayGoOut(ports, delivery);
    return;
  }
  const now = ports.clock.now();
  const since = owedSince(delivery, agreement, dataset, ports.timeZone);
  const granted = released(delivery, extract, now, lookAfter(now, now));
  switch (await ports.deliveries.release(granted, proofOf(ports, granted, since), restsOnOf(dataset))) {
    case 'released':
      ports.log.info('delivery released', { ...traceOf(delivery), rows: extract.rows, bytes: extract.bytes });
      ports.metrics.count('DeliveriesReleased');
      return notifyOrLeave(ports, granted, { agreement, since });
    case 'agreement-not-active':
      if (await mayGoOut(ports, delivery)) throw new Fault(`agreement ${delivery.agreementId} changed meanwhile`);
      return;
    case 'extract-gone':
      throw new Fault(`extract ${extract.extractId} was dropped meanwhile`);
    case 'not-planned':
      return;
  }
}

/** Reports count by its figures. */
function proofOf(ports: Hub, granted: Released, since: string): Evidence {
  const { rows, bytes, sha256, releasedAt } = granted;
  const lateSeconds = Math.round(secondsSince(since, releasedAt));
  const digests = { extract: sha256 };
  const figures = { rows, bytes, lateSeconds };
  return evidenceOf(ports, 'delivery-released', theHub('deliver'), subjectOf(granted), digests, figures);
}
