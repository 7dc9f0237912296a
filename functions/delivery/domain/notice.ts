import type { Delivery } from '../../../schemas/contracts/deliveries.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { StoredDelivery, StoredExtract } from '../../../schemas/stored/delivery.ts';
import type { Released } from '../../reading/released.ts';

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
 * A delivery as its reader sees it: without where it came from, where it is stored and who looks after it. What a list and
 * its result are, byte by byte, is no business of the provider that it was compared with: a digest tells a short list.
 */
export function shown(
  { extractId: _extract, uploadId: _upload, position: _position, lookAgainAt: _mark, ...delivery }: StoredDelivery,
  reader: DepartmentId,
): Delivery {
  if (delivery.comparisonId === undefined || reader === delivery.consumer) return delivery;
  const { bytes: _bytes, sha256: _digest, ...seen } = delivery;
  return seen;
}
