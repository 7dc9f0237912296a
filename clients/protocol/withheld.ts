import { isOver } from '../../functions/reading/agreement.ts';
import { isReplaced } from '../../functions/reading/delivery.ts';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import type { HubClient } from './hub-client.ts';
import { isRefusal } from './refused.ts';
import { routes } from './routes.ts';

/** A content that can never be fetched again: an amendment replaced its terms, or they do not let it be kept any longer. */
export type Gone = 'replaced' | 'retention-over';
/** `suspended`: until the agreement is in force again · `ended`: nothing under it is given out any more. */
export type Withheld = 'suspended' | 'ended' | Gone;

/** The content will be there again once nobody suspends the agreement any more. */
export class SuspendedError extends Error {
  override readonly name = 'SuspendedError';
}

/**
 * Why a content was refused (PROTOCOL.md, Deliveries); undefined where asking again may help: another fault, an agreement
 * that is in force again meanwhile, or one whose last day has passed and that the hub has yet to end.
 */
export async function whyWithheld(
  hub: HubClient,
  delivery: Pick<Delivery, 'agreementId' | 'termsVersion'>,
  fault: unknown,
): Promise<Withheld | undefined> {
  if (isRefusal(fault, 'retention-over')) return 'retention-over';
  if (!isRefusal(fault, 'agreement-not-active')) return undefined;
  const agreement = await hub.call(routes.readAgreement, { params: { agreementId: delivery.agreementId } });
  if (isOver(agreement)) return 'ended';
  if (isReplaced(delivery, agreement)) return 'replaced';
  return agreement.state === 'suspended' ? 'suspended' : undefined;
}
