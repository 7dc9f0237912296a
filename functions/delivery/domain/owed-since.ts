import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { StoredDelivery } from '../../../schemas/contracts/deliveries.ts';
import type { StoredDataset } from '../../../schemas/contracts/resources.ts';
import { dayIn } from '../../kernel/day.ts';
import { currentTerms } from './validity.ts';

/**
 * Since when the consumer has been waiting for the hub: the dataset's commit, where the agreement follows each arrival
 * and was in force by then; otherwise the moment that the delivery was planned for (a filing, the first day of validity,
 * a time of the frequency), however old the dataset was.
 */
export function owedSince(
  { plannedAt }: Pick<StoredDelivery, 'plannedAt'>,
  agreement: Agreement,
  { committedAt }: Pick<StoredDataset, 'committedAt'>,
  zone: string,
): string {
  const { frequency, validFrom } = currentTerms(agreement);
  const filedAt = agreement.history.find(({ action }) => action === 'file')?.at;
  const wasInForce =
    filedAt !== undefined && Date.parse(filedAt) <= Date.parse(committedAt) && validFrom <= dayIn(zone, committedAt);
  return frequency === 'on-arrival' && wasInForce ? committedAt : plannedAt;
}
