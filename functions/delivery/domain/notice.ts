import type { Delivery } from '../../../schemas/contracts/deliveries.ts';
import type { DeliveryNotice } from '../../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../../schemas/contracts/routes/places.ts';
import type { StoredDelivery, StoredExtract } from '../../../schemas/stored/delivery.ts';

/** A delivery whose bytes are known: what release makes of a planned one. */
export interface Released extends StoredDelivery {
  readonly releasedAt: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export const isReleased = (delivery: StoredDelivery): delivery is Released =>
  delivery.state === 'released' || delivery.state === 'noticed';

/** A planned delivery with the extract that it now grants. */
export const released = (
  delivery: StoredDelivery,
  { rows, changes, bytes, sha256 }: StoredExtract,
  releasedAt: string,
  lookAgainAt: string,
): Released => ({
  ...delivery,
  state: 'released',
  releasedAt,
  rows,
  ...(changes && { changes }),
  bytes,
  sha256,
  lookAgainAt,
});

/**
 * What the consumer finds in its mailbox: the same at every sending.
 *
 * @param purpose of the delivery's own terms version, which never changes
 */
export const noticeOf = (delivery: Released, purpose: string): DeliveryNotice => ({
  type: 'delivery',
  deliveryId: delivery.deliveryId,
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

/** A delivery as the API shows it: without where it came from, where it is stored and who looks after it. */
export function shown({
  extractId: _extract,
  uploadId: _upload,
  position: _position,
  lookAgainAt: _mark,
  ...delivery
}: StoredDelivery): Delivery {
  return delivery;
}
