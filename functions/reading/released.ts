import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { DeliveryNotice } from '../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';
import type { StoredDelivery } from '../../schemas/stored/delivery.ts';
import { after } from '../kernel/time.ts';
import { termsOf } from './terms.ts';

/** A delivery whose bytes are known: what release makes of a planned one. */
export interface Released extends StoredDelivery {
  readonly releasedAt: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export const isReleased = (delivery: StoredDelivery): delivery is Released =>
  delivery.state === 'released' || delivery.state === 'noticed';

/**
 * What the consumer finds in its mailbox: the same at every sending.
 *
 * @param purpose of the delivery's own terms version, which never changes
 */
export const noticeOf = (delivery: Released, purpose: string): DeliveryNotice => ({
  type: 'delivery',
  deliveryId: delivery.deliveryId,
  ...(delivery.comparisonId !== undefined && { comparisonId: delivery.comparisonId }),
  agreementId: delivery.agreementId,
  termsVersion: delivery.termsVersion,
  resourceId: delivery.resourceId,
  resourceVersion: delivery.resourceVersion,
  datasetVersion: delivery.datasetVersion,
  provider: delivery.provider,
  purpose,
  content: delivery.content,
  ...(delivery.baseDatasetVersion !== undefined && { baseDatasetVersion: delivery.baseDatasetVersion }),
  format: delivery.format,
  rows: delivery.rows,
  ...(delivery.changes && { changes: delivery.changes }),
  bytes: delivery.bytes,
  sha256: delivery.sha256,
  releasedAt: delivery.releasedAt,
  contentPath: pathOf(places.readContent, delivery),
});

/** The instant from which a delivery may not be held any more: so many days after its release as its own terms say. */
export function retainedUntil(
  agreement: Agreement,
  { termsVersion, releasedAt }: { readonly termsVersion: number; readonly releasedAt: string },
): string {
  const { retainDays } = termsOf(agreement, termsVersion).duties.disposal;
  return after(releasedAt, { days: retainDays });
}
