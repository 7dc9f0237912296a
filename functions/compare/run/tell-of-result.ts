import { traceOf } from '../../kernel/about.ts';
import { noticeOf, retainedUntil, type Released } from '../../reading/released.ts';
import { termsOf } from '../../reading/terms.ts';
import type { Compare } from '../stores.ts';

/** The notice of a result, which is that of a delivery; where the mailbox fails, the sweeper of deliveries sends it. */
export async function tellOfResult(
  {
    facts,
    mailboxes,
    deliveries,
    log,
    metrics,
  }: Pick<Compare, 'facts' | 'mailboxes' | 'deliveries' | 'log' | 'metrics'>,
  delivery: Released,
): Promise<void> {
  try {
    const agreement = (await facts.agreement(delivery.agreementId))?.value;
    if (!agreement) return;
    await mailboxes.send(delivery.consumer, noticeOf(delivery, termsOf(agreement, delivery.termsVersion).purpose));
    await deliveries.noticed(delivery.deliveryId, retainedUntil(agreement, delivery));
    metrics.count('NoticesSent');
  } catch (error) {
    log.warn('notice not sent', { ...traceOf(delivery), error });
    metrics.count('NoticesFailed');
  }
}
