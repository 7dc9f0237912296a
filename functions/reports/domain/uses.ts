import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { StoredUse } from '../../../schemas/stored/reports.ts';

/** What one act says of the use that is made of a delivery; undefined where it says nothing. */
export function useOf({ act, at, subject }: Evidence): StoredUse | undefined {
  const { agreementId, termsVersion, datasetVersion, deliveryId, comparisonId } = subject;
  // Of a dataset there is one delivery and any number of comparisons, whose results are counted with what was asked.
  if (comparisonId !== undefined) return undefined;
  if (!agreementId || !termsVersion || !datasetVersion || !deliveryId) return undefined;
  const of = { agreementId, termsVersion, datasetVersion, deliveryId, requests: 0 };
  switch (act) {
    case 'delivery-released':
      return { ...of, releasedAt: at };
    case 'content-requested':
      return { ...of, fetchedAt: at, requests: 1 };
    case 'receipt-given':
      return { ...of, receivedAt: at };
    default:
      return undefined;
  }
}

/** Both together: requests add up, of two moments the later one counts. */
export function joinedUses(one: StoredUse, other: StoredUse): StoredUse {
  const releasedAt = later(one.releasedAt, other.releasedAt);
  const fetchedAt = later(one.fetchedAt, other.fetchedAt);
  const receivedAt = later(one.receivedAt, other.receivedAt);
  return {
    ...one,
    ...(releasedAt !== undefined && { releasedAt }),
    ...(fetchedAt !== undefined && { fetchedAt }),
    ...(receivedAt !== undefined && { receivedAt }),
    requests: one.requests + other.requests,
  };
}

export const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;
