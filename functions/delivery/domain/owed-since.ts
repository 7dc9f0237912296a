import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { dayIn, isPast } from '../../kernel/time.ts';
import { deliveryTerms, termsOf } from '../../reading/terms.ts';
import { activationOf } from '../../reading/activation.ts';

/**
 * Since when the consumer has been waiting for the hub: the dataset's commit, where the agreement follows each arrival
 * and has been in force since before; otherwise the moment that the delivery was planned for (a filing, the first day of
 * validity, a time of the frequency), however old the dataset was. Nobody waits for the hub while an agreement is
 * suspended: what was planned before is owed since the suspension ended.
 */
export function owedSince(
  { plannedAt }: Pick<StoredDelivery, 'plannedAt'>,
  agreement: Agreement,
  { committedAt }: Pick<StoredDataset, 'committedAt'>,
  timeZone: string,
): string {
  const terms = termsOf(agreement);
  const activeSince = activationOf(agreement)?.at;
  if (activeSince === undefined) return plannedAt;
  const wasInForce = isPast(activeSince, committedAt) && terms.validFrom <= dayIn(timeZone, committedAt);
  if (deliveryTerms(terms)?.frequency === 'on-arrival' && wasInForce) return committedAt;
  return isPast(activeSince, plannedAt) ? plannedAt : activeSince;
}
