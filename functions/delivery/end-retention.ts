import type { StoredDelivery } from '../../schemas/stored/delivery.ts';
import { traceOf } from '../kernel/about.ts';
import { evidenceOf, theHub } from '../kernel/evidence.ts';
import type { Hub } from '../kernel/ports.ts';
import { subjectOf } from './domain/subject.ts';
import { dropIfUnused } from './sending/drop-extract.ts';
import type { Deliveries, ExtractObjects, Extracts } from './ports.ts';

export interface RetentionPorts extends Hub {
  readonly deliveries: Deliveries;
  readonly extracts: Extracts;
  readonly objects: Pick<ExtractObjects, 'remove'>;
}

/**
 * The days are over for which its terms let a delivery be kept: the grant goes, and with the last one the extract, though
 * the agreement goes on. The mark goes last, so that whatever is cut off is taken up again.
 */
export async function endRetention(ports: RetentionPorts, delivery: StoredDelivery): Promise<void> {
  const { deliveryId, extractId, sha256 } = delivery;
  const evidence = evidenceOf(
    ports,
    'retention-ended',
    theHub('delivery-sweep'),
    subjectOf(delivery),
    sha256 === undefined ? {} : { extract: sha256 },
  );
  if (await ports.deliveries.endRetention(delivery, ports.clock.now(), evidence))
    ports.log.info('retention ended', traceOf(delivery));
  await dropIfUnused(ports, extractId);
  await ports.deliveries.unmark(deliveryId);
}
