import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { StoredDelivery } from '../../schemas/stored/delivery.ts';
import { isInForce } from './agreement.ts';

/** What went out under terms that others replaced is nobody's to fetch any more. */
export const isReplaced = (
  delivery: Pick<StoredDelivery, 'termsVersion'>,
  { termsVersion }: Pick<Agreement, 'termsVersion'>,
): boolean => delivery.termsVersion !== termsVersion;

/** Whether a delivery's own terms are those in force on that day: only then may it be told of, or fetched. */
export const isGranted = (
  agreement: Agreement | undefined,
  delivery: Pick<StoredDelivery, 'termsVersion'>,
  today: string,
): agreement is Agreement => agreement !== undefined && !isReplaced(delivery, agreement) && isInForce(agreement, today);

/** Whether a content can still be fetched while its agreement is in force: its terms are, and they let it be kept. */
export const canBeFetched = (
  delivery: Pick<StoredDelivery, 'termsVersion' | 'retentionEndedAt'>,
  agreement: Pick<Agreement, 'termsVersion'>,
): boolean => !isReplaced(delivery, agreement) && delivery.retentionEndedAt === undefined;
